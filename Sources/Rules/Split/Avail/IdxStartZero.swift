import Model

/// The available index of a fresh queue begins at 0.
///
/// Traps: buffers may have been added before the first look, and a migrated queue goes on where it was.
///
/// Spec: 2.7.6
struct IdxStartZero: Rule {
  static let id = "split.avail.idx-start-zero"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .availableIndex, let ring = session.ring(step.queue), ring.isComplete,
      !ring.layout.isPacked, ring.availableIndex == 0, ring.seenAvailable == 0,
      ring.restarts == 0, ring.totals.available == 0, !ring.lastAvailable.isSet
    else { return .silent }
    let new = UInt16(truncatingIfNeeded: step.value)
    if UInt32(new) <= ring.layout.size { return .held }
    // Between the enabling and a snapshot a queue may have gone round more than once.
    if step.traits.contains(.fromSnapshot) { return .undecidable(.memoryBetweenSnapshots) }
    if ring.lastUsed.isSet { return .silent }
    return .broken(
      "driver begins queue \(step.queue) with available index \(new), where the queue has"
        + " \(ring.layout.size) entries and nothing was used",
      Evidence(
        session.queue(step.queue)?.enabledAt ?? .none, "driver enables queue \(step.queue)"))
  }
}
