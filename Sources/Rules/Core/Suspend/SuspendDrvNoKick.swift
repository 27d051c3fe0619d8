import Model
import VirtioSpec

/// After SUSPEND a driver sends no notification.
///
/// Spec: 3.4.1
struct SuspendDrvNoKick: SuspendedAlone {
  static let id = "core.suspend.drv-no-kick"
  static let kind = Transaction.Kind.kick
  static let waitsForResume = false
  var tally = Tally()
}
