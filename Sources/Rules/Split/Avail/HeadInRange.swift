import Model

/// Every entry of the available ring is the number of a descriptor.
///
/// Spec: 2.7.6
struct HeadInRange: ChainFaultRow {
  static let id = "split.avail.head-in-range"
  static let isPacked = false
  static let faults: [RingFault.Kind] = [.headOutOfRange]

  static func deed(_ fault: RingFault) -> String {
    "whose head is beyond the descriptor table"
  }
}
