import Model

/// A chain has no more buffers than the queue has entries.
///
/// Spec: 2.7.5.3.1
struct ChainMaxQueueSize: Rule {
  static let id = "split.indirect.chain-max-queue-size"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .bufferAvailable, let layout = session.ringLayout(step.queue),
      !layout.isPacked
    else { return .silent }
    let facts = session.told.facts
    guard facts.isWalked else { return .undecidable(.noRingMemory) }
    // The clause speaks of the device's size: a driver that chose a smaller one may go up to that.
    let limit = max(layout.size, session.queue(step.queue)?.maxSize ?? 0)
    if facts.bufferCount <= limit { return .held }
    return .broken(
      "driver makes \(chainName(step)) available with \(facts.bufferCount) buffers, where the device"
        + " has room for \(limit) entries")
  }
}
