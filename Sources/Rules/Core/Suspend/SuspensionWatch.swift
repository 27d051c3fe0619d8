import Model
import VirtioSpec

/// How far a suspension is, from the status as the driver writes and reads it.
///
/// Spec: 3.4
struct SuspensionWatch: Sendable {
  /// The write of SUSPEND, and the read that showed the device suspended: SUSPEND without DRIVER_OK.
  private(set) var asked = RecordReference.none
  private(set) var suspended = RecordReference.none

  /// Takes a step; call it after judging.
  mutating func apply(_ step: Transaction) {
    guard step.hasValue, step.isAccepted else { return }
    let status = DeviceStatus(rawValue: UInt8(truncatingIfNeeded: step.value))
    switch step.kind {
    case .writeStatus:
      if status.contains(.suspend), !asked.isSet {
        asked = step.reference
      } else if asked.isSet, status.contains(.driverOK), suspended.isSet {
        // The driver resumes the device, which is free to work from here on.
        self = SuspensionWatch()
      }
    case .readStatus where asked.isSet:
      if status.contains(.needsReset) { self = SuspensionWatch() }
      if status.contains(.suspend), !status.contains(.driverOK), !suspended.isSet {
        suspended = step.reference
      }
    default: break
    }
  }
}
