import Model
import VirtioSpec

/// After a reset no notification comes until the device is initialized again.
///
/// Traps: as above; the reset is over where the driver read the status as 0, on channel I/O with the
/// command.
///
/// Spec: 2.4.1
struct DevNoNotifyAfterReset: QuietDevice {
  static let id = "core.reset.dev-no-notify-after"
  static let coveredBy = [DevNoNotifyBeforeDriverOK.id]
  var tally = Tally()

  static func concerns(_ step: Transaction) -> Bool {
    step.index == 1 || step.index == 0 && step.queue >= 0
  }
  static func quietSince(_ step: Transaction, _ session: Session) -> RecordReference {
    session.isModern && !session.marks.driverOK.isSet && session.marks.acknowledge.isSet
      ? session.profile.transport == .ccw ? session.marks.reset : session.marks.resetReadBack
      : .none
  }
  static func reason(_ session: Session) -> String { "after it was reset" }
}
