import Model

/// A device of virtio-mmio keeps an event in InterruptStatus until the driver acknowledges it.
///
/// Trap: an acknowledgement by another CPU may stand behind the read in the recording, so the next
/// access to the two registers is waited for.
///
/// Spec: 4.2.2.1
struct DevInterruptStatusUntilAck: Rule {
  static let id = "mmio.dev-interrupt-status-until-ack"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    let events = session.events
    guard events.vanished != 0 else {
      return step.kind == .acknowledgeInterrupt ? .held : .silent
    }
    if step.kind == .acknowledgeInterrupt,
      !step.hasValue || step.value & UInt64(events.vanished) != 0
    {
      return .undecidable(.causeNotRecorded)
    }
    return .broken(Self.breach(events))
  }

  func conclude(_ session: Session, end: SessionEnd) -> Judgement {
    guard session.events.vanished != 0 else { return .silent }
    guard case .reset = end else { return .undecidable(.endsMidLife) }
    return .broken(Self.breach(session.events))
  }

  private static func breach(_ events: InterruptEvents) -> Breach {
    Breach(
      message:
        "device clears \(hex(events.vanished)) in InterruptStatus, which nobody acknowledged",
      place: events.vanishedAt)
  }
}
