import Model
import VirtioSpec

/// A driver that cannot go on says so with FAILED.
///
/// The one failure that a recording shows for certain is a refused FEATURES_OK. A reset is as good
/// an end, and a recording that stops there does not show what came next.
///
/// Spec: 3.1.1
struct SetFailedOnError: Rule {
  static let id = "core.init.set-failed-on-error"
  var tally = Tally()
  /// What the driver did with the device after the refusal.
  private var later = RecordReference.none

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.refusesFeatures else { return .silent }
    if step.statusSet?.contains(.failed) == true { return .held }
    if !later.isSet { later = step.reference }
    return .silent
  }

  func conclude(_ session: Session, end: SessionEnd) -> Judgement {
    guard session.refusesFeatures, session.isModern, !session.marks.failed.isSet,
      !session.marks.driverOK.isSet
    else { return .silent }
    switch end {
    case .reset: return .silent
    case .recording: return .undecidable(.endsMidLife)
    case .machine:
      guard later.isSet else { return .undecidable(.endsMidLife) }
      return .broken(
        Breach(
          message: "driver does not set FAILED after the device refused FEATURES_OK",
          evidence: [session.refusal, Evidence(later, "driver still uses the device")],
          place: session.marks.featuresOKRefused))
    }
  }
}
