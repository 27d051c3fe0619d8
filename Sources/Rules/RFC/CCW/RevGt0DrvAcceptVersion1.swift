import Model
import VirtioSpec

/// Proposal: where a revision above 0 is agreed, the driver accepts VERSION_1.
///
/// Trap: a device that does not offer it is another matter.
struct RevGt0DrvAcceptVersion1: Rule {
  static let id = "rfc.ccw.rev-gt0-drv-accept-version1"
  static let coveredBy = ["feature.version1.drv-accept"]
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.profile.transport == .ccw, session.revision >= 1, session.commitsFeatures(step),
      session.offered.contains(32)
    else { return .silent }
    guard !session.accepted.contains(32) else { return .held }
    return .broken(
      Breach(
        message: "driver agreed to revision \(session.revision) and does not accept "
          + session.featureName(32),
        evidence: [
          Evidence(session.revisionSet, "revision \(session.revision) agreed"),
          session.offerEvidence(32), session.commitEvidence(step),
        ],
        place: session.placeOfAcceptance(32, step)))
  }
}
