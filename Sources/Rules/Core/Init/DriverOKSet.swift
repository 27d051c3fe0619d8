import Model
import VirtioSpec

/// A driver that uses the device has set DRIVER_OK.
///
/// Decided when the life ends with a reset: queues enabled, one of them notified again and again,
/// nothing given up, and never DRIVER_OK. A single notification may be a driver's that then failed.
///
/// Spec: 3.1.1, step 8
struct DriverOKSet: Rule {
  static let id = "core.init.driver-ok-set"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.statusSet?.contains(.driverOK) == true, !session.marks.driverOK.isSet,
      session.isModern(at: step)
    else { return .silent }
    return .held
  }

  func conclude(_ session: Session, end: SessionEnd) -> Judgement {
    let marks = session.marks
    guard session.isModern, !marks.driverOK.isSet, marks.firstQueueSetup.isSet,
      !marks.failed.isSet, !marks.featuresOKRefused.isSet, !marks.needsReset.isSet
    else { return .silent }
    guard case .reset(let reset) = end else { return .undecidable(.endsMidLife) }
    guard let queue = session.queues.first(where: { $0.isEnabled && $0.kicks > 1 })
    else { return .silent }
    return .broken(
      Breach(
        message: "driver notifies queue \(queue.index) \(queue.kicks) times and never sets"
          + " DRIVER_OK before it resets the device",
        evidence: [
          Evidence(queue.enabledAt, "driver enables queue \(queue.index)"),
          Evidence(queue.firstKick, "driver notifies queue \(queue.index)"),
        ], place: reset))
  }
}
