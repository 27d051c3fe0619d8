import Model

/// queue_size reads 0 for a queue that is not there.
///
/// Traps: administration queues lie beyond num_queues.
///
/// Spec: 4.1.4.3.1
struct PCICommonDevSizeZeroUnavailable: Rule {
  static let id = "pci.common.dev-size-zero-unavailable"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step), step.kind == .readQueueSize, step.hasValue,
      session.numQueues >= 0, step.queue >= session.numQueues,
      // A device may show its administration queues before it knows whether they are wanted.
      session.isNegotiated || !session.offered.contains(41) && session.offered.knows(41)
    else { return .silent }
    guard step.value != 0 else { return .held }
    guard session.isAdminQueue(step.queue) == false else { return .silent }
    return .broken(
      "device returns the size \(step.value) for queue \(step.queue), and has "
        + "\(session.numQueues) queues")
  }
}
