import Model

/// A driver of virtio-mmio acknowledges an interrupt after it handled it, with the events' mask.
///
/// Trap: acknowledging first and handling then is common, and an access does not show when buffers
/// are looked at, so only a mask with events that were never seen is judged.
///
/// Spec: 4.2.3.4.1
struct AckAfterHandling: Rule {
  static let id = "mmio.irq.ack-after-handling"
  static let coveredBy = [AckHandled.id, IrqReadStatus.id, AckNoUndefined.id]
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .acknowledgeInterrupt, step.hasValue else { return .silent }
    let extra = step.value & ~UInt64(session.events.shown)
    guard extra != 0 else { return .held }
    return .broken("driver acknowledges \(hex(extra)) and cannot have handled it: it was not shown")
  }
}
