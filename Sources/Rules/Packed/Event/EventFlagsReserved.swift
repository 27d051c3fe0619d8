import Model

/// Event flags 3 is reserved and never written.
///
/// Traps: what a snapshot finds before the queue was in use is nobody's word.
///
/// Spec: 2.8.10
struct EventFlagsReserved: Rule {
  static let id = "packed.event.flags-reserved"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .driverEvent || step.kind == .deviceEvent,
      let ring = session.ring(step.queue), ring.layout.isPacked
    else { return .silent }
    let flags = UInt16(truncatingIfNeeded: step.value >> 16)
    let mode = flags & 3
    if mode != 3 { return .held }
    if step.traits.contains(.fromSnapshot), ring.totals.available == 0 { return .silent }
    let side = step.kind == .driverEvent ? "driver" : "device"
    return .broken(
      "\(side) writes the reserved event flags 3 in queue \(step.queue) (\(hex(flags)))")
  }
}
