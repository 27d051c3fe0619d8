import Model

/// Each used id is the head of a chain that the driver made available and that is outstanding.
///
/// Traps: what the driver writes may be noted later than the device acts on it, so that an id that is
/// not known waits for the next look at the available ring.
///
/// Spec: 2.7.8
struct IDWasAvailable: Rule {
  static let id = "split.used.id-was-available"
  static let coveredBy = [InOrderDevUseOrder.id]
  var tally = Tally()
  private var late = LateAvailable()
  /// Up to which available index entries had been seen when the accusation began to wait.
  private var checked: [Int32: UInt16] = [:]

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    // Asked first, because a copy of the ring at each step costs much.
    guard step.kind == .bufferUsed || late.value(step.queue) != nil,
      let ring = session.ring(step.queue), !ring.layout.isPacked
    else { return .silent }
    switch step.kind {
    case .bufferUsed: return judgeUsed(step, ring)
    case .bufferAvailable where step.hasValue:
      guard late.value(step.queue) == UInt32(truncatingIfNeeded: step.value) else { return .silent }
      _ = late.settle(step.queue) { _ in true }
      return .silent
    case .availableFlags, .usedEvent, .kick, .usedIndex:
      // The look at the available ring is over: what waited and did not come is wrong.
      guard ring.seenAvailable != checked[step.queue] else { return .silent }
      return late.settle(step.queue) { _ in false }.map(Judgement.broken) ?? .silent
    default: return .silent
    }
  }

  private mutating func judgeUsed(_ step: Transaction, _ ring: RingState) -> Judgement {
    let id = UInt32(truncatingIfNeeded: step.value)
    guard step.hasValue else { return .undecidable(.noRingMemory) }
    if id >= ring.layout.size {
      return .broken(
        "device uses id \(id) in queue \(step.queue), which has \(ring.layout.size) descriptors")
    }
    guard ring.isComplete else { return .undecidable(.ringHistoryNotWhole) }
    if ring.outstanding(id) != nil { return .held }
    if step.traits.contains(.fromSnapshot) { return .undecidable(.memoryBetweenSnapshots) }
    var evidence: [Evidence] = []
    if let chain = ring.chain(id), chain.usedAt.isSet {
      evidence.append(Evidence(chain.usedAt, "device had used chain \(id) before"))
    }
    let what = ring.owner(of: id) != nil ? "the head of no chain" : "not outstanding"
    checked[step.queue] = ring.seenAvailable
    late.wait(
      id, in: step.queue,
      Breach(
        message: "device uses id \(id) in queue \(step.queue), which is \(what)",
        evidence: evidence, place: step.reference))
    return .silent
  }

  mutating func conclude(_ session: Session, end: SessionEnd) -> Judgement {
    late.isEmpty ? .silent : .undecidable(.endsMidLife)
  }
}
