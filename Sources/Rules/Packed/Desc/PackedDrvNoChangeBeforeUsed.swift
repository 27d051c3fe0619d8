import Model

/// A driver writes a descriptor anew only after it saw USED change.
///
/// Traps: one used descriptor frees the slots of a whole list, and with IN_ORDER of a whole batch;
/// what the device uses must be in the recording.
///
/// Spec: 2.8.16
struct PackedDrvNoChangeBeforeUsed: PackedRingRule {
  static let id = "packed.desc.drv-no-change-before-used"
  static let coveredBy = ["packed.sg.enough-space"]
  var tally = Tally()
  private var proof = UntilDeviceNoted()

  mutating func judge(
    _ step: Transaction, _ ring: RingState, in session: Session
  ) -> Judgement {
    if step.kind == .bufferUsed { return proof.release(at: step) }
    guard step.kind == .descriptorRewritten, !step.traits.contains(.byDevice) else {
      return .silent
    }
    guard ring.isComplete else { return .undecidable(.ringHistoryNotWhole) }
    let id = UInt32(truncatingIfNeeded: step.value)
    return proof.judge(
      Breach(
        message: "driver makes slot \(step.index) of queue \(step.queue)"
          + " available again before the device used it",
        evidence: [
          Evidence(
            ring.outstanding(id)?.exposedAt ?? .none, "driver makes the chain available")
        ]),
      at: step, ring)
  }
}
