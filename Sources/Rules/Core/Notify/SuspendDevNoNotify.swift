import Model
import VirtioSpec

/// A suspended device sends no used buffer notification.
///
/// Spec: 3.4.2
struct SuspendDevNoNotify: QuietDevice {
  static let id = "core.suspend.dev-no-notify"
  var tally = Tally()

  static func quietSince(_ step: Transaction, _ session: Session) -> RecordReference {
    session.suspension.standing
  }
  static func reason(_ session: Session) -> String { "while it is suspended" }
}
