import Model

/// Before a device says that it is suspended, it sends the interrupts that it owes.
///
/// Spec: 3.4.2
struct SuspendDevSendUsedIRQ: Rule {
  static let id = "core.suspend.dev-send-used-irq"
  var tally = Tally()
  private var watch = SuspensionWatch()

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    let before = watch.suspended
    watch.apply(step)
    guard step.kind == .readStatus, !before.isSet, watch.suspended.isSet else { return .silent }
    guard let ring = session.rings.first(where: { $0.interruptOwed.isSet }) else { return .held }
    guard session.queue(ring.queue)?.interrupts ?? 0 > 0 else {
      return .undecidable(.interruptsNotRecorded)
    }
    return .broken(
      "device shows itself suspended and has not sent the interrupt of queue \(ring.queue)",
      Evidence(ring.interruptOwed, "device uses a chain of queue \(ring.queue)"),
      Evidence(watch.asked, "driver sets SUSPEND"))
  }
}
