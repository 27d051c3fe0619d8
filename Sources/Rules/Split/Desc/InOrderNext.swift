import Model

/// With IN_ORDER the descriptors of a chain follow each other in the table.
///
/// Spec: 2.7.5.2
struct InOrderNext: ChainFaultRow {
  static let id = "split.desc.in-order-next"
  static let isPacked = false
  static let faults: [RingFault.Kind] = [.nextNotInOrder]

  static func deed(_ fault: RingFault) -> String {
    "whose next is \(fault.value), though IN_ORDER was accepted"
  }

  static func concerns(_ fault: RingFault) -> Bool {
    if case .descriptor = fault.place { return true }
    return false
  }
}
