import Model
import VirtioSpec

/// A driver does not write device configuration while features are still negotiated.
///
/// Reading it is allowed. Through the legacy interface writing is too (3.1.2).
///
/// Spec: 3.1.1, step 4
struct NoConfigWriteBeforeFeaturesOK: Rule {
  static let id = "core.init.no-config-write-before-features-ok"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    // DRIVER_OK without FEATURES_OK ends the negotiation too, and is another rule's.
    guard step.kind == .writeConfig, step.isAccepted, session.isModern(at: step),
      !session.marks.driverOK.isSet
    else { return .silent }
    if session.marks.featuresOK.isSet { return .held }
    return .broken(
      "driver \(step.deed) before it set FEATURES_OK",
      Evidence(
        session.marks.lastStatusWrite, "driver had written status \(hex(session.writtenStatus))"))
  }
}
