import Model
import VirtioSpec

/// A device that needs a reset tells a driver that runs it.
///
/// Spec: 2.1.2
struct DevNeedsResetConfigIRQ: ConfigChangeTold {
  static let id = "core.status.dev-needs-reset-config-irq"
  var tally = Tally()
  var change: ConfigChange?
  var isUnmapped = false
  var told = RecordReference.none

  func change(_ step: Transaction, _ session: Session) -> ConfigChangeFound? {
    guard step.kind == .readStatus, step.hasValue, !session.marks.needsReset.isSet,
      session.marks.driverOK.isSet, !session.suspension.isActive
    else { return nil }
    let status = DeviceStatus(rawValue: UInt8(truncatingIfNeeded: step.value))
    guard status.contains(.needsReset), status.contains(.driverOK) else { return nil }
    return (
      "device shows DEVICE_NEEDS_RESET in status \(hex(status)) and does not notify",
      Evidence(session.marks.driverOK, "driver sets DRIVER_OK"),
      session.marks.lastStatusRead
    )
  }
}
