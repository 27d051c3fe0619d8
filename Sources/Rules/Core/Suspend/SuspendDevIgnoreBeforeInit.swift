import Model
import VirtioSpec

/// A device that is not initialized ignores SUSPEND.
///
/// Trap: the driver that sets it is at fault first, by a rule of its own.
///
/// Spec: 3.4.2
struct SuspendDevIgnoreBeforeInit: Rule {
  static let id = "core.suspend.dev-ignore-before-init"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readStatus, step.hasValue, session.suspension.requested.isSet,
      !session.marks.driverOK.isSet
    else { return .silent }
    let status = DeviceStatus(rawValue: UInt8(truncatingIfNeeded: step.value))
    guard status.contains(.suspend) else { return .held }
    return .broken(
      "device shows SUSPEND in status \(hex(status)) although it is not initialized",
      Evidence(session.suspension.requested, "driver sets SUSPEND"))
  }
}
