import Model
import VirtioSpec

/// A queue that was reset is not notified of.
///
/// Spec: 2.6.1.1.1
struct VQResetDevNoNotify: QuietDevice {
  static let id = "core.vq-reset.dev-no-notify"
  var tally = Tally()

  static func quietSince(_ step: Transaction, _ session: Session) -> RecordReference {
    session.queue(step.queue)?.resetDone ?? .none
  }
  static func reason(_ session: Session) -> String { "after the queue was reset" }
}
