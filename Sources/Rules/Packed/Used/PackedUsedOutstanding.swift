import Model

/// A used descriptor names the id of an outstanding buffer.
///
/// Traps: with IN_ORDER one id stands for all buffers before it; a buffer that the recorder notes
/// later than the device's answer to it shows itself at the next look at what the driver made
/// available.
///
/// Spec: 2.8.6
struct PackedUsedOutstanding: PackedRingRule {
  static let id = "packed.used.id-outstanding"
  static let coveredBy = ["feature.in-order.dev-use-order"]
  var tally = Tally()
  private var suspect: Suspect?

  /// A used id that is not known as outstanding.
  private struct Suspect {
    var queue: Int32
    var id: UInt32
    var breach: Breach
    /// The next look at the driver's side after it.
    var look: RecordReference = .none
  }

  mutating func judge(
    _ step: Transaction, _ ring: RingState, in session: Session
  ) -> Judgement {
    if let suspect, suspect.queue == step.queue, suspect.look.isSet,
      suspect.look.time != step.reference.time
    {
      self.suspect = nil
      return .broken(suspect.breach)
    }
    switch step.kind {
    case .bufferUsed: return used(step, ring)
    case .bufferAvailable where suspect?.queue == step.queue:
      if suspect?.id == UInt32(truncatingIfNeeded: step.value) {
        suspect = nil
        return .undecidable(.ringHistoryNotWhole)
      }
      if !step.traits.contains(.fromSnapshot) { suspect?.look = step.reference }
      return .silent
    default: return .silent
    }
  }

  private mutating func used(_ step: Transaction, _ ring: RingState) -> Judgement {
    guard step.hasValue, ring.isComplete else { return .undecidable(.ringHistoryNotWhole) }
    let id = UInt32(truncatingIfNeeded: step.value)
    if ring.outstanding(id) != nil { return .held }
    if step.traits.contains(.fromSnapshot) { return .undecidable(.memoryBetweenSnapshots) }
    let old = ring.chain(id)
    let breach = Breach(
      message: "device uses id \(id) of queue \(step.queue), which is not outstanding",
      evidence: [Evidence(old?.usedAt ?? .none, "device used it before")], place: step.reference)
    // A full ring holds nothing that was not noted.
    if ring.pendingSlots >= ring.layout.size { return .broken(breach) }
    if suspect == nil { suspect = Suspect(queue: step.queue, id: id, breach: breach) }
    return .silent
  }

  mutating func conclude(_ session: Session, end: SessionEnd) -> Judgement {
    guard let suspect else { return .silent }
    return suspect.look.isSet ? .broken(suspect.breach) : .undecidable(.ringHistoryNotWhole)
  }
}
