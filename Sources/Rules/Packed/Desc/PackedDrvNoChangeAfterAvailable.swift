import Model

/// A driver leaves a descriptor alone after it changed AVAIL.
///
/// Traps: the device writes its used descriptor into the same slot, and a look at the driver's side
/// may catch it; only what cannot be that counts.
///
/// Spec: 2.8.16
struct PackedDrvNoChangeAfterAvailable: PackedRingRule {
  static let id = "packed.desc.drv-no-change-after-avail"
  var tally = Tally()
  private var proof = UntilDeviceNoted()

  mutating func judge(
    _ step: Transaction, _ ring: RingState, in session: Session
  ) -> Judgement {
    if step.kind == .bufferUsed { return proof.release(at: step) }
    guard step.kind == .descriptorChanged, !step.traits.contains(.byDevice) else { return .silent }
    guard ring.isComplete else { return .undecidable(.ringHistoryNotWhole) }
    let id = UInt32(truncatingIfNeeded: step.value)
    return proof.judge(
      Breach(
        message: "driver changes slot \(step.index) of queue \(step.queue)"
          + " after it made it available",
        evidence: [
          Evidence(
            ring.outstanding(id)?.exposedAt ?? .none, "driver makes the chain available")
        ]),
      at: step, ring)
  }
}
