import Model
import VirtioSpec

/// A driver asks for the maximum size of a queue before it sets the queue up.
///
/// Trap: it may have kept the answer over a reset.
///
/// Spec: 4.3.2.2
struct ReadConfFirst: Rule {
  static let id = "ccw.queue.read-conf-first"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeQueueSize, step.hasValue, step.value > 0, step.isAccepted,
      step.queue >= 0
    else { return .silent }
    if let queue = session.queue(step.queue), queue.maxSize > 0 || queue.isAbsent { return .held }
    guard session.index == 0 else { return .undecidable(.causeNotRecorded) }
    return .broken(
      "driver sets up queue \(step.queue) and has not asked for its maximum size by READ_VQ_CONF")
  }
}
