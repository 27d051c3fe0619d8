import Model
import VirtioSpec

/// Proposal: at revision 0, or with none agreed, a device does not offer VERSION_1.
///
/// Trap: a revision may have been agreed before the recording began.
struct Rev0DevNoVersion1: Rule {
  static let id = "rfc.ccw.rev0-dev-no-version1"
  static let coveredBy = ["rfc.legacy-if.dev-no-version1"]
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.profile.transport == .ccw, session.revision <= 0, step.index == 1,
      let shown = session.offer(step), shown.knows(32)
    else { return .silent }
    guard shown.contains(32) else { return .held }
    guard session.isCertainlyLegacy else { return .undecidable(.startsMidLife) }
    return .broken(
      "device offers \(session.featureName(32)) at revision 0",
      Evidence(session.revisionSet, "revision 0 agreed"),
      Evidence(session.subchannelEnabledAt, "subchannel enabled, no revision above 0 since"))
  }
}
