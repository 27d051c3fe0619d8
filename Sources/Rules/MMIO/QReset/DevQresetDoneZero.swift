import Model

/// QueueReset and QueueReady both read 0 when the reset of the queue is done.
///
/// Trap: another queue may be selected between the reads.
///
/// Spec: 4.2.2.1
struct DevQresetDoneZero: Rule {
  static let id = "mmio.dev-qreset-done-zero"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readQueueEnable, step.hasValue, let queue = session.queue(step.queue),
      queue.resetDone.isSet
    else { return .silent }
    guard step.value != 0 else { return .held }
    return .broken(
      "device returns \(step.value) in QueueReady of queue \(queue.index) though its reset is done",
      Evidence(queue.resetWrite, "driver resets queue \(queue.index)"),
      Evidence(queue.resetDone, "QueueReset reads 0"))
  }
}
