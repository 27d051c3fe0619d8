import Model

/// A driver writes descriptors and entry before the index that publishes them.
///
/// Traps: barriers leave no record, and machines with a strict order hide that one is missing; only a
/// recorder that keeps the order of writes shows it.
///
/// Spec: 2.7.13.3.1
struct BarrierBeforeIdx: Rule {
  static let id = "split.barrier.before-idx"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let ring = session.ring(step.queue), !ring.layout.isPacked else { return .silent }
    if step.kind == .bufferAvailable { return step.hasValue ? .held : .silent }
    guard step.kind == .availableEntryChanged else { return .silent }
    if step.traits.contains(.fromSnapshot) || ring.sawUsedSnapshot {
      return .undecidable(.memoryBetweenSnapshots)
    }
    guard ring.lastUsed.isSet || ring.totals.available <= UInt64(ring.layout.size) else {
      return .undecidable(.noRingMemory)
    }
    return .broken(
      "driver writes the entry in slot \(step.index) of queue \(step.queue) after the index had"
        + " published it",
      Evidence(ring.lastAvailable, "driver publishes available index \(ring.availableIndex)"))
  }
}
