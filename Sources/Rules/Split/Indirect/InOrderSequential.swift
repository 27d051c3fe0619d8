import Model

/// With IN_ORDER the entries of an indirect table are linked one after the other.
///
/// Spec: 2.7.5.3.1
struct InOrderSequential: ChainFaultRow {
  static let id = "split.indirect.in-order-sequential"
  static let isPacked = false
  static let faults: [RingFault.Kind] = [.nextNotInOrder]

  static func deed(_ fault: RingFault) -> String {
    "whose table goes on at entry \(fault.value), though IN_ORDER was accepted"
  }

  static func concerns(_ fault: RingFault) -> Bool {
    if case .indirect = fault.place { return true }
    return false
  }
}
