import Model
import VirtioSpec

/// A driver does not go on with the initialization after a step that failed for good.
///
/// Cleaning up is not going on: unmapping vectors, disabling queues, writing FAILED again.
///
/// Spec: 3.1.1
struct NoContinueAfterFailure: Rule {
  static let id = "core.init.no-continue-after-failure"
  static let coveredBy = [StopIfFeaturesRefused.id, FailedResetBeforeReinit.id]
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    let marks = session.marks
    let gaveUp = marks.failed.isSet && !marks.driverOK.isSet
    guard gaveUp || session.refusesFeatures && session.isModern(at: step) else { return .silent }
    let written = step.statusSet
    let isLive = written?.contains(.driverOK) == true
    let isNegotiation = step.kind == .writeDriverFeatures && step.isAccepted
    guard isLive || isNegotiation || step.setsUpQueue else {
      return written?.contains(.failed) == true ? .held : .silent
    }
    let reason = gaveUp ? "it set FAILED" : "the device refused FEATURES_OK"
    return .broken(
      "driver \(step.deed) after \(reason), without a reset",
      gaveUp ? Evidence(marks.failed, "driver sets FAILED") : session.refusal)
  }
}
