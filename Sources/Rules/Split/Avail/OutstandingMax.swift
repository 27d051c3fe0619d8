import Model

/// No more chains are outstanding than the queue has entries.
///
/// Traps: the two indexes must be of one moment.
///
/// Spec: 2.7.6
struct OutstandingMax: Rule {
  static let id = "split.avail.outstanding-max"
  static let coveredBy = [IdxStartZero.id, IdxNoDecrement.id]
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .availableIndex, let ring = session.ring(step.queue), ring.isUsedKnown,
      ring.isAvailableKnown, !ring.layout.isPacked
    else { return .silent }
    let new = UInt16(truncatingIfNeeded: step.value)
    let pending = new &- ring.usedIndex
    if UInt32(pending) <= ring.layout.size { return .held }
    if step.traits.contains(.fromSnapshot) || ring.sawUsedSnapshot {
      return .undecidable(.memoryBetweenSnapshots)
    }
    guard ring.lastUsed.isSet else { return .undecidable(.noRingMemory) }
    return .broken(
      "driver publishes available index \(new) of queue \(step.queue), so that \(pending) chains are"
        + " outstanding where the queue has \(ring.layout.size) entries",
      Evidence(ring.lastUsed, "device had published used index \(ring.usedIndex)"))
  }
}
