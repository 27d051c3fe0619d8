import Model

/// A driver leaves a descriptor alone once it is available.
///
/// Traps: the device writes used descriptors in place; the slots of a list that was overtaken are free.
///
/// Spec: 2.8.16
struct DrvNoChangeAfterAvail: Rule {
  static let id = "packed.desc.drv-no-change-after-avail"
  static let coveredBy = [DrvNoChangeBeforeUsed.id]
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let ring = session.ring(step.queue), ring.layout.isPacked else { return .silent }
    if step.kind == .bufferAvailable { return .held }
    guard step.kind == .descriptorChanged, !step.traits.contains(.byDevice) else { return .silent }
    guard ring.isComplete else { return .undecidable(.ringHistoryNotWhole) }
    if step.traits.contains(.fromSnapshot) { return .undecidable(.memoryBetweenSnapshots) }
    guard ring.lastUsed.isSet else { return .undecidable(.noRingMemory) }
    return .broken(
      "driver changes slot \(step.index) of queue \(step.queue) after it made it available",
      Evidence(
        ring.chains.owner(of: step.index)?.exposedAt ?? .none, "driver makes the slot available"))
  }
}
