import Model
import VirtioSpec

/// A driver sets up indicators before the device has to notify.
///
/// Trap: a driver that polls needs none; one that sets them up later does not poll.
///
/// Spec: 4.3.2.6
struct IndBeforeDriverOK: Rule {
  static let id = "ccw.ind.before-driver-ok"
  var tally = Tally()
  private var isSet = false

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    if step.kind == .reset { isSet = false }
    guard step.kind == .setIndicators || step.kind == .setAdapterIndicators, step.isAccepted,
      step.hasValue, step.value != 0, !isSet
    else { return .silent }
    isSet = true
    guard session.marks.driverOK.isSet else { return .held }
    return .broken(
      "driver sends \(step.command) only after DRIVER_OK",
      Evidence(session.marks.driverOK, "driver sets DRIVER_OK"))
  }
}
