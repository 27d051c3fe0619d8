import Model

/// A driver sets up no queue beyond num_queues.
///
/// Traps: administration queues lie there; num_queues was not read.
///
/// Spec: 4.1.4.3
struct PCICommonQueueSelectRange: Rule {
  static let id = "pci.common.queue-select-range"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step), step.setsUpQueue, session.numQueues >= 0,
      !session.accepted.contains(41)
    else { return .silent }
    guard step.queue >= session.numQueues else { return .held }
    return .broken("driver \(step.deed), and the device has \(session.numQueues) queues")
  }
}
