import Model

/// The first descriptor of a list becomes available after all others.
///
/// Traps: a recorder that reads slot after slot may catch a list half written only where the list
/// runs over the end of the ring; and what it notes at one go says nothing of the order. A
/// notification between the two is what tells.
///
/// Spec: 2.8.17
struct PackedFirstLast: PackedRingRule {
  static let id = "packed.sg.first-last"
  var tally = Tally()
  private var begun: [Int32: Begun] = [:]

  /// A list whose first descriptor is available, and others are not.
  private struct Begun {
    var slot: UInt32
    var at: RecordReference
    var kick = RecordReference.none
  }

  mutating func judge(
    _ step: Transaction, _ ring: RingState, in session: Session
  ) -> Judgement {
    switch step.kind {
    case .listPartial:
      begun[step.queue] = Begun(slot: step.index, at: step.reference)
      return .silent
    case .kick:
      if begun[step.queue]?.kick.isSet == false { begun[step.queue]?.kick = step.reference }
      return .silent
    case .bufferAvailable:
      let count = session.told.facts.ringCount
      guard let list = begun[step.queue] else { return count > 1 ? .held : .silent }
      begun[step.queue] = nil
      let isWrapped = UInt64(step.index) &+ UInt64(count) > UInt64(ring.layout.size)
      guard list.slot == step.index, list.kick.isSet, !isWrapped, ring.isComplete else {
        return .undecidable(.memoryBetweenSnapshots)
      }
      return .broken(
        Breach(
          message: "driver makes the first descriptor of \(chainName(step)) available in slot"
            + " \(list.slot) before the rest of the list",
          evidence: [
            Evidence(list.kick, "driver notifies the queue"),
            Evidence(step.reference, "driver makes the rest available"),
          ],
          place: list.at))
    default: return .silent
    }
  }
}
