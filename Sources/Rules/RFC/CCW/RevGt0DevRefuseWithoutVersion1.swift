import Model
import VirtioSpec

/// Proposal: where a revision above 0 is agreed, the device does not operate for a driver that drops
/// VERSION_1.
///
/// Trap: the driver may write its features again before FEATURES_OK; the last form counts.
struct RevGt0DevRefuseWithoutVersion1: Rule {
  static let id = "rfc.ccw.rev-gt0-dev-refuse-without-version1"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.profile.transport == .ccw, session.revision >= 1, session.commitsFeatures(step),
      step.value & UInt64(DeviceStatus.featuresOK.rawValue) != 0,
      session.offered.contains(32), !session.accepted.contains(32)
    else { return .silent }
    guard step.isAccepted else { return .held }
    return .broken(
      "device takes FEATURES_OK at revision \(session.revision) "
        + "though the driver does not accept \(session.featureName(32))",
      Evidence(session.revisionSet, "revision \(session.revision) agreed"),
      session.offerEvidence(32),
      Evidence(session.placeOfAcceptance(32, step), "driver has written its features"))
  }
}
