import Model

/// A driver of virtio-mmio reads InterruptStatus after an interrupt.
///
/// An acknowledgement tells that an interrupt was handled. Traps: on a shared line another handler
/// may have been asked first, and interrupts are often not recorded, so a mere interrupt decides
/// nothing.
///
/// Spec: 4.2.3.4.1
struct IrqReadStatus: Rule {
  static let id = "mmio.irq.read-status"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .acknowledgeInterrupt else {
      return step.kind == .interrupt && !session.events.lastRead.isSet
        ? .undecidable(.interruptsNotRecorded) : .silent
    }
    let events = session.events
    guard events.lastRead.isSet, events.lastRead > events.lastAcknowledgement || events.shown != 0
    else {
      return .broken(
        "driver acknowledges an interrupt and has not read InterruptStatus before",
        Evidence(events.lastAcknowledgement, "the last interrupt was acknowledged"))
    }
    return .held
  }
}
