import Model

/// Events at a certain descriptor are asked for only with EVENT_IDX.
///
/// Traps: what a snapshot finds before the queue was in use is nobody's word.
///
/// Spec: 2.8.10
struct EventNeedsFeature: Rule {
  static let id = "packed.event.desc-needs-event-idx"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .driverEvent || step.kind == .deviceEvent,
      let ring = session.ring(step.queue), ring.layout.isPacked
    else { return .silent }
    let flags = UInt16(truncatingIfNeeded: step.value >> 16)
    let mode = flags & 3
    if mode != 2 || session.accepted.contains(29) { return .held }
    if step.traits.contains(.fromSnapshot), ring.totals.available == 0 { return .silent }
    let side = step.kind == .driverEvent ? "driver" : "device"
    return .broken(
      "\(side) asks for events at a descriptor, though EVENT_IDX was not accepted in queue \(step.queue) (\(hex(flags)))"
    )
  }
}
