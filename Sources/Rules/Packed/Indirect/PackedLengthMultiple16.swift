import Model

/// An indirect table is a whole number of descriptors, and at least one.
///
/// Spec: 2.8.7
struct PackedLengthMultiple16: ChainFaultRow {
  static let id = "packed.indirect.len-multiple-16"
  static let isPacked = true
  static let faults: [RingFault.Kind] = [.indirectLength, .indirectEmpty]

  static func deed(_ fault: RingFault) -> String {
    fault.kind == .indirectEmpty
      ? "with an empty indirect table" : "with an indirect table of \(fault.value) bytes"
  }
}
