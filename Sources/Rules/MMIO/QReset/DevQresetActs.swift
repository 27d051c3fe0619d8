import Model

/// A device whose queue was reset works on it no longer.
///
/// Trap: until QueueReset reads 0 the reset is under way, and buffers may still come back.
///
/// Spec: 4.2.2.1
struct DevQresetActs: Rule {
  static let id = "mmio.dev-qreset-acts"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let queue = session.queue(step.queue), queue.resetDone.isSet else {
      return .silent
    }
    switch step.kind {
    case .writeQueueEnable: return .held
    case .buffersTaken, .buffersUsed:
      return .broken(
        "device \(step.kind == .buffersTaken ? "takes" : "returns") buffers of queue \(queue.index) "
          + "after it told that the reset of the queue is done",
        Evidence(queue.resetWrite, "driver resets queue \(queue.index)"),
        Evidence(queue.resetDone, "QueueReset reads 0"))
    default: return .silent
    }
  }
}
