import Model
import VirtioSpec

/// A driver reads what the device offers before it writes its features.
///
/// A driver may know the offer from an earlier life of the device, which must not have changed it.
///
/// Spec: 3.1.1, step 4
struct FeaturesReadBeforeWrite: Rule {
  static let id = "core.init.features-read-before-write"
  var tally = Tally()
  private var judged = false

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeDriverFeatures, step.isAccepted, !judged else { return .silent }
    judged = true
    if session.marks.firstFeatureRead.isSet { return .held }
    if session.previous?.firstFeatureRead.isSet == true { return .silent }
    return .broken(
      "driver \(step.deed) without having read the features that the device offers",
      Evidence(session.marks.reset, "device is reset"))
  }
}
