import Model

/// A driver takes a queue away only when the device cannot use its buffers any more.
///
/// Traps: a reset of the queue or of the device is the right way, and is no breach.
///
/// Spec: 3.3.1
struct ResetBeforeRemove: Rule {
  static let id = "core.cleanup.reset-before-remove"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeQueueEnable || step.kind == .writeQueuePFN, step.hasValue,
      step.value == 0, step.isAccepted, session.marks.driverOK.isSet,
      let ring = session.ring(step.queue), ring.isLive
    else { return .silent }
    guard ring.isComplete else { return .undecidable(.ringHistoryNotWhole) }
    guard let chain = ring.oldest else { return .held }
    // A recorder that never saw the device use anything may not look at the used ring at all.
    guard ring.lastUsed.isSet, !ring.sawUsedSnapshot else {
      return .undecidable(ring.lastUsed.isSet ? .memoryBetweenSnapshots : .noRingMemory)
    }
    return .broken(
      "driver takes queue \(step.queue) away while the device owns \(ring.outstandingCount) chains"
        + " of it, without a reset",
      Evidence(chain.exposedAt, "driver makes chain \(chain.facts.id) available"))
  }
}
