import Model

/// The used index only grows, and never passes the available index.
///
/// Traps: a queue that was enabled anew begins at 0; an available index may be noted later than the
/// device acted on it, so that a used index ahead of it waits for the next look.
///
/// Spec: 2.7.8
struct IdxMonotonic: Rule {
  static let id = "split.used.idx-monotonic"
  var tally = Tally()
  private var late = LateAvailable()

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let ring = session.ring(step.queue), !ring.layout.isPacked else { return .silent }
    switch step.kind {
    case .availableIndex:
      let new = UInt16(truncatingIfNeeded: step.value)
      // What the device had used by then was made available in time if the new index covers it.
      return late.settle(step.queue) {
        new &- UInt16(truncatingIfNeeded: $0) < 0x8000
      }.map(Judgement.broken) ?? .silent
    case .usedIndex: return judgeUsed(step, ring)
    default: return .silent
    }
  }

  private mutating func judgeUsed(_ step: Transaction, _ ring: RingState) -> Judgement {
    guard ring.isUsedKnown else { return .silent }
    let new = UInt16(truncatingIfNeeded: step.value)
    let moved = new &- ring.usedIndex
    let evidence = Evidence(ring.lastUsed, "device had published used index \(ring.usedIndex)")
    if UInt32(moved) > ring.layout.size {
      // Between two snapshots an index may go round.
      if step.traits.contains(.fromSnapshot) { return .undecidable(.memoryBetweenSnapshots) }
      return .broken(
        "device moves the used index of queue \(step.queue) from \(ring.usedIndex) to \(new), where the"
          + " queue has \(ring.layout.size) entries", evidence)
    }
    guard ring.isAvailableKnown else { return .silent }
    let ahead = new &- ring.availableIndex
    guard ahead > 0, ahead < 0x8000 else { return .held }
    if step.traits.contains(.fromSnapshot) { return .undecidable(.memoryBetweenSnapshots) }
    late.wait(
      UInt32(new), in: step.queue,
      Breach(
        message: "device publishes used index \(new) of queue \(step.queue), where the driver made"
          + " \(ring.availableIndex) chains available",
        evidence: [
          Evidence(
            ring.lastAvailable, "driver publishes available index \(ring.availableIndex)")
        ], place: step.reference))
    return .silent
  }

  mutating func conclude(_ session: Session, end: SessionEnd) -> Judgement {
    late.isEmpty ? .silent : .undecidable(.endsMidLife)
  }
}
