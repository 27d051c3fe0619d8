import Model

/// Administration queues come after all others.
///
/// Traps: bit 41 of a network device has another meaning to older drivers.
///
/// Spec: 4.1.4.3.1
struct PCICommonDevAdminIndexRange: Rule {
  static let id = "pci.common.dev-admin-index-range"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step), step.hasValue, session.hasAdminQueues else { return .silent }
    let value = Int32(step.value & 0xffff)
    let first: Int32
    let count: Int32
    switch step.kind {
    case .readAdminQueueIndex: (first, count) = (value, session.numQueues)
    case .readNumQueues: (first, count) = (session.adminQueueIndex, value)
    default: return .silent
    }
    guard first >= 0, count >= 0 else { return .silent }
    guard first < count else { return .held }
    return .broken("device begins its administration queues at \(first), and has \(count) others")
  }
}
