import Model

/// In the table of a packed queue only WRITE may be set.
///
/// Spec: 2.8.19
struct OnlyWriteFlag: ChainFaultRow {
  static let id = "packed.indirect.only-write-flag"
  static let isPacked = true
  static let faults: [RingFault.Kind] = [.indirectFlags]

  static func deed(_ fault: RingFault) -> String {
    "with flags \(hex(fault.value)) in its indirect table"
  }
}
