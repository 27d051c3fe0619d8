import Model

/// An indirect table holds buffers, and no further tables.
///
/// Spec: 2.7.5.3.1
struct NoNested: ChainFaultRow {
  static let id = "split.indirect.no-nested"
  static let isPacked = false
  static let faults: [RingFault.Kind] = [.nestedIndirect]

  static func deed(_ fault: RingFault) -> String {
    "with an indirect table inside an indirect table"
  }
}
