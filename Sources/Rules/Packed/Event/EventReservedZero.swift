import Model

/// The reserved bits of the event flags are 0.
///
/// Traps: what a snapshot finds before the queue was in use is nobody's word.
///
/// Spec: 2.8.10
struct EventReservedZero: Rule {
  static let id = "packed.event.reserved-zero"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .driverEvent || step.kind == .deviceEvent,
      let ring = session.ring(step.queue), ring.layout.isPacked
    else { return .silent }
    let flags = UInt16(truncatingIfNeeded: step.value >> 16)
    if flags & 0xfffc == 0 { return .held }
    if step.traits.contains(.fromSnapshot), ring.totals.available == 0 { return .silent }
    let side = step.kind == .driverEvent ? "driver" : "device"
    return .broken(
      "\(side) sets reserved bits of the event flags in queue \(step.queue) (\(hex(flags)))")
  }
}
