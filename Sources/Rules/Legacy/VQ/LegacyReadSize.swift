import Model
import VirtioSpec

/// Through the legacy interface a driver asks for the size of a queue before it sets the queue up.
///
/// Trap: it may have kept the answer of an earlier life.
///
/// Spec: 2.7.2
struct LegacyReadSize: Rule {
  static let id = "legacy.vq.read-size"
  static let coveredBy = ["ccw.queue.read-conf-first"]
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.interface == .legacy, session.isCertainlyLegacy, step.hasValue, step.value != 0,
      step.isAccepted, step.queue >= 0
    else { return .silent }
    switch (step.kind, session.profile.transport) {
    case (.writeQueuePFN, _), (.writeQueueSize, .ccw): break
    default: return .silent
    }
    if let queue = session.queue(step.queue), queue.maxSize > 0 || queue.isAbsent { return .held }
    guard session.index == 0 else { return .undecidable(.causeNotRecorded) }
    return .broken("driver sets up queue \(step.queue) and has not asked for its size")
  }
}
