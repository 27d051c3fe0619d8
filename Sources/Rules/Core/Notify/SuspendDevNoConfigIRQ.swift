import Model
import VirtioSpec

/// A suspended device sends no configuration change notification.
///
/// Spec: 3.4.2
struct SuspendDevNoConfigIRQ: QuietDevice {
  static let id = "core.suspend.dev-no-config-irq"
  var tally = Tally()

  static func concerns(_ step: Transaction) -> Bool { step.index == 1 }
  static func quietSince(_ step: Transaction, _ session: Session) -> RecordReference {
    session.suspension.standing
  }
  static func reason(_ session: Session) -> String { "while it is suspended" }
}
