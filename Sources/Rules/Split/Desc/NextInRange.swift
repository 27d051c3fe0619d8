import Model

/// A chain never leads out of its table.
///
/// Spec: 2.7.5
struct NextInRange: ChainFaultRow {
  static let id = "split.desc.next-in-range"
  static let isPacked = false
  static let faults: [RingFault.Kind] = [.nextOutOfRange]

  static func deed(_ fault: RingFault) -> String {
    "whose next is \(fault.value), beyond the table"
  }
}
