import Model

/// The indices of administration queues fit into 16 bits.
///
/// Traps: bit 41 of a network device has another meaning to older drivers.
///
/// Spec: 4.1.4.3.1
struct PCICommonDevAdminNumRange: Rule {
  static let id = "pci.common.dev-admin-num-range"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step), step.hasValue, session.hasAdminQueues else { return .silent }
    let value = Int32(step.value & 0xffff)
    let first: Int32
    let count: Int32
    switch step.kind {
    case .readAdminQueueIndex: (first, count) = (value, session.adminQueueNum)
    case .readAdminQueueNum: (first, count) = (session.adminQueueIndex, value)
    default: return .silent
    }
    guard first >= 0, count >= 0 else { return .silent }
    guard first + count > 0x10000 else { return .held }
    return .broken(
      "device has \(count) administration queues from \(first) on, more than 16 bits can count")
  }
}
