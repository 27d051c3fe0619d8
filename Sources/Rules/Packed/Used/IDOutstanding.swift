import Model

/// A used descriptor names an outstanding buffer.
///
/// Traps: with IN_ORDER one used descriptor stands for all before it; what the driver writes may be noted
/// later than the device acts on it.
///
/// Spec: 2.8.6
struct PackedIDOutstanding: Rule {
  static let id = "packed.used.id-outstanding"
  static let coveredBy = [InOrderDevUseOrder.id]
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .bufferUsed, let ring = session.ring(step.queue), ring.layout.isPacked
    else { return .silent }
    guard ring.isComplete else { return .undecidable(.ringHistoryNotWhole) }
    let id = UInt32(truncatingIfNeeded: step.value)
    if ring.chains.outstanding(id) != nil { return .held }
    if step.traits.contains(.fromSnapshot) || ring.driverIsSampled {
      return .undecidable(.memoryBetweenSnapshots)
    }
    let before = ring.chains[id]?.usedAt ?? .none
    return .broken(
      "device uses buffer id \(id) in queue \(step.queue), which is not outstanding",
      Evidence(before, "device had used buffer id \(id) before"))
  }
}
