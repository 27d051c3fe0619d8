import Model

/// A driver of virtio-mmio takes the reset of a queue for done only when QueueReset reads 0.
///
/// Trap: a reset of the whole device takes its place.
///
/// Spec: 4.2.2.2
struct MMIOQresetWait: Rule {
  static let id = "mmio.qreset.wait"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    session.judgeQueueResetAwaited(step, register: "QueueReset")
  }
}

extension Session {
  /// The common part of the rules that a driver waits for the end of a queue's reset.
  func judgeQueueResetAwaited(_ step: Transaction, register: String) -> Judgement {
    guard step.setsUpQueue, let queue = queue(step.queue), queue.resetWrite.isSet
    else { return .silent }
    guard !queue.resetDone.isSet else { return .held }
    return .broken(
      "driver \(step.deed) although \(register) has not read 0 since it reset the queue",
      Evidence(queue.resetWrite, "driver resets queue \(queue.index)"))
  }
}
