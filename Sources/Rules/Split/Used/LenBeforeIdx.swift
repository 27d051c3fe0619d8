import Model

/// A used entry is complete before the index publishes it.
///
/// Traps: writes of one moment have no order.
///
/// Spec: 2.7.8.2
struct LenBeforeIdx: Rule {
  static let id = "split.used.len-before-idx"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let ring = session.ring(step.queue), !ring.layout.isPacked else { return .silent }
    if step.kind == .bufferUsed { return step.hasValue ? .held : .silent }
    guard step.kind == .usedEntryChanged else { return .silent }
    // Where what the driver makes available is noted late, the entry may be one of the next round.
    if step.traits.contains(.fromSnapshot) || ring.driverIsSampled {
      return .undecidable(.memoryBetweenSnapshots)
    }
    return .broken(
      "device changes the used entry in slot \(step.index) of queue \(step.queue) after the index"
        + " had published it",
      Evidence(ring.lastUsed, "device publishes used index \(ring.usedIndex)"))
  }
}
