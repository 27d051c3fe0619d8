import Model
import VirtioSpec

/// A driver negotiates SR_IOV, FEATURES_OK included, before it enables virtual functions.
///
/// Traps: once is enough for all later lives; firmware may turn them on without being a driver; a
/// recording that starts late may have missed the negotiation. So the recording must show the
/// device being enumerated, and a driver at work.
///
/// Spec: 6.1
struct SRIOVDrvNegotiateFirst: Rule {
  static let id = "feature.sr-iov.drv-negotiate-first"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeVFEnable, step.value == 1 else { return .silent }
    let now = session.marks.featuresOKConfirmed && session.accepted.contains(37)
    if now || session.previous?.everConfirmed.contains(37) == true { return .held }
    guard session.profile.capabilityListComplete, !session.profile.fromHint else {
      return .undecidable(.startsMidLife)
    }
    guard session.writtenStatus.contains(.driver) else { return .undecidable(.causeNotRecorded) }
    return .broken(
      "driver enables virtual functions before it negotiated \(session.featureName(37))",
      Evidence(session.marks.driver, "driver sets DRIVER"),
      Evidence(session.marks.featuresOK, "driver sets FEATURES_OK without the feature"))
  }
}
