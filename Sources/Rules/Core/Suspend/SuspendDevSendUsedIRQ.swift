import Model
import VirtioSpec

/// Before a device says that it is suspended, it sends the interrupts that it owes.
///
/// Spec: 3.4.2
struct SuspendDevSendUsedIRQ: Rule {
  static let id = "core.suspend.dev-send-used-irq"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    let suspension = session.suspension
    guard step.kind == .readStatus, step.hasValue, suspension.requested.isSet,
      !suspension.suspended.isSet
    else { return .silent }
    let status = DeviceStatus(rawValue: UInt8(truncatingIfNeeded: step.value))
    guard status.contains(.suspend), !status.contains(.driverOK) else { return .silent }
    guard let ring = session.rings.first(where: { $0.interruptOwed.isSet }) else { return .held }
    guard session.queue(ring.queue)?.interrupts ?? 0 > 0 else {
      return .undecidable(.interruptsNotRecorded)
    }
    return .broken(
      "device shows itself suspended and has not sent the interrupt of queue \(ring.queue)",
      Evidence(ring.interruptOwed, "device uses a chain of queue \(ring.queue)"),
      Evidence(suspension.requested, "driver sets SUSPEND"))
  }
}
