import Model
import VirtioSpec

/// Proposal: where a revision above 0 is agreed, the device offers VERSION_1.
///
/// Traps: word 1 may not have been read; disabling the subchannel takes the revision away.
struct RevGt0DevOfferVersion1: Rule {
  static let id = "rfc.ccw.rev-gt0-dev-offer-version1"
  static let coveredBy = ["feature.version1.dev-offer"]
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.profile.transport == .ccw, session.revision >= 1, step.index == 1,
      let shown = session.offer(step), shown.knows(32)
    else { return .silent }
    guard !shown.contains(32) else { return .held }
    return .broken(
      "device agreed to revision \(session.revision) and does not offer \(session.featureName(32))",
      Evidence(session.revisionSet, "revision \(session.revision) agreed"))
  }
}
