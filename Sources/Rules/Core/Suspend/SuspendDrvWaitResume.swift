import Model
import VirtioSpec

/// A driver that resumes a device waits until it runs.
///
/// Traps: DEVICE_NEEDS_RESET or a reset instead.
///
/// Spec: 3.4.1
struct SuspendDrvWaitResume: SuspendedAlone {
  static let id = "core.suspend.drv-wait-resume"
  static let kind = Transaction.Kind.kick
  static let waitsForResume = true
  var tally = Tally()
}
