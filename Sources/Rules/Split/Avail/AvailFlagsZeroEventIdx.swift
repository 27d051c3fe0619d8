import Model

/// With EVENT_IDX the flags of the available ring are 0.
///
/// Spec: 2.7.7.1
struct AvailFlagsZeroEventIdx: Rule {
  static let id = "split.avail.flags-zero-event-idx"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .availableFlags, let ring = session.ring(step.queue),
      ring.layout.hasEventIndex
    else { return .silent }
    if step.value == 0 { return .held }
    // A ring that is not in use yet may hold anything.
    if step.traits.contains(.fromSnapshot), !ring.lastAvailable.isSet { return .silent }
    // Where a legacy driver uses the queue before it writes its features, nothing was negotiated yet.
    if session.isLegacy, !session.marks.driverOK.isSet { return .silent }
    return .broken(
      "driver writes flags \(hex(step.value)) into the available ring of queue \(step.queue)"
        + ", though EVENT_IDX was accepted")
  }
}
