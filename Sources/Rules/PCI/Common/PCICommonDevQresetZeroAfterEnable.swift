import Model

/// queue_reset reads 0 once the queue is enabled.
///
/// Spec: 4.1.4.3.1
struct PCICommonDevQresetZeroAfterEnable: Rule {
  static let id = "pci.common.dev-qreset-zero-after-enable"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    // A write of 1 to queue_reset takes the queue's enable away.
    guard session.isCommon(step), step.kind == .readQueueReset, step.hasValue,
      session.accepted.contains(40), let queue = session.queue(step.queue), queue.isEnabled
    else { return .silent }
    guard step.value != 0 else { return .held }
    return .broken(
      "device returns queue_reset \(step.value) for queue \(step.queue), which is enabled",
      Evidence(queue.enabledAt, "driver enables queue \(step.queue)"))
  }
}
