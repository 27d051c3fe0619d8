import Model
import VirtioSpec

/// A driver sets FEATURES_OK before DRIVER_OK.
///
/// One that set it and left it out of a later write has done the step; that it cleared the bit is
/// another rule's. The legacy interface has no such bit; but a driver that accepted VERSION_1 through
/// the modern one is no legacy driver, whichever structure it then writes its status through.
///
/// Spec: 3.1.1, step 5
struct FeaturesOKSet: Rule {
  static let id = "core.init.features-ok-set"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let written = step.statusSet, written.contains(.driverOK),
      !session.marks.driverOK.isSet,
      session.isModern(at: step) || session.isModern && session.acceptedVersion1
    else { return .silent }
    if written.contains(.featuresOK) || session.marks.featuresOK.isSet { return .held }
    return .broken(
      "driver writes DRIVER_OK while FEATURES_OK is not set",
      Evidence(session.marks.lastFeatureWrite, "driver wrote its features"),
      Evidence(
        session.marks.lastStatusWrite, "driver had written status \(hex(session.writtenStatus))"))
  }
}
