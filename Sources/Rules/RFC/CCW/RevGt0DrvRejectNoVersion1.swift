import Model
import VirtioSpec

/// Proposal: where a revision above 0 is agreed, a driver rejects a device without VERSION_1.
///
/// Trap: FAILED and a reset are the right reactions.
struct RevGt0DrvRejectNoVersion1: Rule {
  static let id = "rfc.ccw.rev-gt0-drv-reject-no-version1"
  static let coveredBy = ["legacy.detect.drv-by-version1"]
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.profile.transport == .ccw, session.revision >= 1, session.commitsFeatures(step),
      session.offered.knows(32), !session.offered.contains(32)
    else { return .silent }
    return .broken(
      "driver goes on at revision \(session.revision) with a device that does not offer "
        + session.featureName(32),
      Evidence(session.revisionSet, "revision \(session.revision) agreed"),
      session.offerEvidence(32))
  }
}
