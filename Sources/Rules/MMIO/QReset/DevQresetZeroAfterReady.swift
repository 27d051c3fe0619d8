import Model

/// QueueReset reads 0 once the queue is ready again.
///
/// Trap: another queue may be selected.
///
/// Spec: 4.2.2.1
struct DevQresetZeroAfterReady: Rule {
  static let id = "mmio.dev-qreset-zero-after-ready"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readQueueReset, step.hasValue, session.accepted.contains(40),
      let queue = session.queue(step.queue), queue.isEnabled
    else { return .silent }
    guard step.value != 0 else { return .held }
    return .broken(
      "device returns \(step.value) in QueueReset of queue \(queue.index), which is ready again",
      Evidence(queue.enabledAt, "driver writes 1 to QueueReady of queue \(queue.index)"))
  }
}
