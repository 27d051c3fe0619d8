import Model

/// A driver of virtio-mmio acknowledges the events that it handled.
///
/// An event that InterruptStatus does not show was not there to be handled. Traps: another CPU may
/// have read the register and acknowledged a bit of its own, so any read since the last
/// acknowledgement of the bit counts; a driver that has not got so far when the recording ends.
///
/// Spec: 4.2.2.2
struct AckHandled: Rule {
  static let id = "mmio.irq.ack-handled"
  static let coveredBy = [AckNoUndefined.id]
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .acknowledgeInterrupt, step.hasValue, session.events.lastRead.isSet,
      session.events.lastRead > session.events.lastAcknowledgement
    else { return .silent }
    let extra = step.value & ~UInt64(session.events.shown)
    guard extra != 0 else { return .held }
    return .broken(
      "driver acknowledges \(hex(extra)), which InterruptStatus does not show",
      Evidence(session.events.lastRead, "driver reads InterruptStatus"))
  }
}
