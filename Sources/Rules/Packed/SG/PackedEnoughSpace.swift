import Model

/// A driver has room for the whole list before it makes the first descriptor available.
///
/// Traps: what is free is known only where the recording notes what the device uses; a batch used
/// in order frees all of its slots.
///
/// Spec: 2.8.17
struct PackedEnoughSpace: PackedRingRule {
  static let id = "packed.sg.enough-space"
  var tally = Tally()
  private var proof = UntilDeviceNoted()

  mutating func judge(
    _ step: Transaction, _ ring: RingState, in session: Session
  ) -> Judgement {
    if step.kind == .bufferUsed { return proof.release(at: step) }
    guard step.kind == .bufferAvailable else { return .silent }
    guard ring.isComplete else { return .undecidable(.ringHistoryNotWhole) }
    let count = session.told.facts.ringCount
    let free = ring.layout.size &- ring.pendingSlots
    guard count > free else { return .held }
    if step.traits.contains(.fromSnapshot) { return .undecidable(.memoryBetweenSnapshots) }
    let oldest = ring.oldest
    return proof.judge(
      Breach(
        message: "driver makes \(chainName(step)) available with \(count) descriptors, although"
          + " only \(free) slots are free",
        evidence: [
          Evidence(oldest?.exposedAt ?? .none, "driver makes the oldest chain available")
        ]),
      at: step, ring)
  }
}
