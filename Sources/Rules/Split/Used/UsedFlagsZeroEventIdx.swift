import Model

/// With EVENT_IDX the flags of the used ring are 0.
///
/// Spec: 2.7.10.2
struct UsedFlagsZeroEventIdx: Rule {
  static let id = "split.used.flags-zero-event-idx"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .usedFlags, let ring = session.ring(step.queue), ring.layout.hasEventIndex
    else { return .silent }
    if step.value == 0 { return .held }
    // Before the device wrote anything it is what the driver left there.
    if step.traits.contains(.fromSnapshot), !ring.lastUsed.isSet { return .silent }
    return .broken(
      "device writes flags \(hex(step.value)) into the used ring of queue \(step.queue)"
        + ", though EVENT_IDX was accepted")
  }
}
