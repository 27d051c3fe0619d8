import Model
import VirtioSpec

/// A driver treats the device as unusable when FEATURES_OK did not stay set.
///
/// Spec: 3.1.1, step 6; for CCW 4.3.2.2
struct StopIfFeaturesRefused: Rule {
  static let id = "core.init.stop-if-features-refused"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.refusesFeatures, session.isModern(at: step) else { return .silent }
    if step.statusSet?.contains(.failed) == true { return .held }
    let isKick = step.kind == .kick && !session.marks.driverOK.isSet
    let isLive = step.statusSet?.contains(.driverOK) == true
    guard isKick || isLive || step.setsUpQueue else { return .silent }
    return .broken("driver \(step.deed) although the device refused FEATURES_OK", session.refusal)
  }
}
