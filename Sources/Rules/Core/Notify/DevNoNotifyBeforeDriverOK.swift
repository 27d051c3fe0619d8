import Model
import VirtioSpec

/// No used buffer notification comes before DRIVER_OK.
///
/// Traps: the legacy interface allows it; an interrupt of an earlier life may come late, so the queue
/// has to be set up in this one; a recording that begins in the middle.
///
/// Spec: 2.1.2
struct DevNoNotifyBeforeDriverOK: QuietDevice {
  static let id = "core.status.dev-no-notify-before-driver-ok"
  var tally = Tally()

  static func quietSince(_ step: Transaction, _ session: Session) -> RecordReference {
    guard session.isModern, !session.marks.driverOK.isSet,
      let queue = session.queue(step.queue), queue.isEnabled
    else { return .none }
    return queue.enabledAt
  }
  static func reason(_ session: Session) -> String { "before the driver set DRIVER_OK" }
}
