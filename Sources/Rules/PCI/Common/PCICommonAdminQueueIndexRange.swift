import Model

/// A driver sets up administration queues only where the device says that they are.
///
/// Traps: asking for the size of a queue is harmless; a driver may use fewer than there are.
///
/// Spec: 4.1.4.3.2
struct PCICommonAdminQueueIndexRange: Rule {
  static let id = "pci.common.admin-queue-index-range"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step), step.setsUpQueue, session.hasAdminQueues,
      session.numQueues >= 0, step.queue >= session.numQueues
    else { return .silent }
    guard let isAdmin = session.isAdminQueue(step.queue) else {
      return .undecidable(.payloadNotCaptured)
    }
    guard !isAdmin else { return .held }
    let first = session.adminQueueIndex
    return .broken(
      "driver \(step.deed), which is none of the \(session.numQueues) queues and none of the "
        + "\(session.adminQueueNum) administration queues from \(first) on")
  }
}
