import Model
import VirtioSpec

/// After SUSPEND a driver writes no configuration.
///
/// Trap: a reset ends the suspension; reads are allowed.
///
/// Spec: 3.4.1
struct SuspendDrvNoConfigWrite: SuspendedAlone {
  static let id = "core.suspend.drv-no-config-write"
  static let kind = Transaction.Kind.writeConfig
  static let waitsForResume = false
  var tally = Tally()
}
