import Model
import VirtioSpec

/// A host-managed device refuses FEATURES_OK of a driver that does not accept ZONED.
///
/// Judged at the device's answer where the model was read before, else when it is read.
///
/// Spec: 5.2.5.2
struct BlkZonedHMRefuseFeaturesOK: Rule {
  static let id = "blk.zoned.hm-refuse-features-ok"
  private static let model = ConfigSpan(.blk, "zoned.model")
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isModern, session.offered.contains(17), !session.accepted.contains(17),
      session.lastRead(Self.model, with: step) == BlkZoneModel.hostManaged
    else { return .silent }
    if let answer = session.featuresOKAnswer(step) {
      return answer.isConfirmed ? Self.breach(session) : .held
    }
    guard step.kind == .readConfig, Self.model.encloses(step), session.marks.featuresOKConfirmed,
      session.status.contains(.featuresOK)
    else { return .silent }
    return Self.breach(session)
  }

  private static func breach(_ session: Session) -> Judgement {
    .broken(
      Breach(
        message: "device is host-managed and agrees to FEATURES_OK "
          + "without \(session.featureName(17)) accepted",
        evidence: [
          session.offerEvidence(17),
          Evidence(session.featureWrites[0], "driver writes feature word 0"),
        ]))
  }
}
