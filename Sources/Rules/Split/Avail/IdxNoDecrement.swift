import Model

/// A driver takes back no available entry by lowering the index.
///
/// Traps: the index wraps at 2^16; a queue that was enabled anew begins at 0; snapshots far apart show
/// no direction.
///
/// Spec: 2.7.6.1
struct IdxNoDecrement: Rule {
  static let id = "split.avail.idx-no-decrement"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .availableIndex, let ring = session.ring(step.queue),
      ring.isAvailableKnown, !ring.layout.isPacked
    else { return .silent }
    let new = UInt16(truncatingIfNeeded: step.value)
    let back = ring.availableIndex &- new
    guard back > 0, back < 0x8000, UInt32(back) <= ring.layout.size else { return .held }
    if step.traits.contains(.fromSnapshot) { return .undecidable(.memoryBetweenSnapshots) }
    return .broken(
      "driver lowers the available index of queue \(step.queue) from \(ring.availableIndex) to"
        + " \(new)",
      Evidence(ring.lastAvailable, "driver publishes available index \(ring.availableIndex)"))
  }
}
