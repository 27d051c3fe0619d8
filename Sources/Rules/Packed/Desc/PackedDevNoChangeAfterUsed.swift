import Model

/// A device leaves a descriptor alone after it changed USED.
///
/// Traps: one write may be noted in parts, which belong together where they have one time.
///
/// Spec: 2.8.15
struct PackedDevNoChangeAfterUsed: PackedRingRule {
  static let id = "packed.desc.dev-no-change-after-used"
  var tally = Tally()

  func judge(_ step: Transaction, _ ring: RingState, in session: Session) -> Judgement {
    guard step.kind == .descriptorChanged, step.traits.contains(.byDevice) else { return .silent }
    guard ring.isComplete, ring.lastUsed.isSet, !ring.isInUse(step.index) else {
      return .undecidable(.ringHistoryNotWhole)
    }
    return .broken(
      "device changes slot \(step.index) of queue \(step.queue) after it marked it used",
      Evidence(ring.lastUsed, "device used a chain of the queue last"))
  }
}
