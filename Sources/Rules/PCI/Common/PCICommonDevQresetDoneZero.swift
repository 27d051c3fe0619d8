import Model

/// queue_enable reads 0 when the reset of a queue is done.
///
/// Traps: the two reads may be of two queues.
///
/// Spec: 4.1.4.3.1
struct PCICommonDevQresetDoneZero: Rule {
  static let id = "pci.common.dev-qreset-done-zero"
  var tally = Tally()
  private var done = QueueMarks()

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step), step.hasValue, session.hasResetQueue else { return .silent }
    switch step.kind {
    case .writeQueueReset, .writeQueueEnable: done[step.queue] = nil
    case .readQueueReset:
      guard step.value & 1 == 0, let queue = session.queue(step.queue), !queue.isEnabled,
        queue.disabledAt.isSet
      else { return .silent }
      done[step.queue] = step.reference
    case .readQueueEnable:
      guard let reset = done[step.queue] else { return .silent }
      guard step.value != 0 else { return .held }
      return .broken(
        "device returns queue_enable \(step.value) for queue \(step.queue) after the reset of the "
          + "queue",
        Evidence(reset, "device returns queue_reset 0"))
    default: break
    }
    return .silent
  }
}
