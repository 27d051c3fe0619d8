import Model
import VirtioSpec

/// A device without a legacy interface refuses commands before a revision is set.
///
/// That it has none shows when it takes a revision from 1 on and refuses 0. Traps: a transitional device
/// has to take such commands; the start of the period has to be recorded.
///
/// Spec: 4.3.2.1.3
struct NtDevRejectEarly: Rule {
  static let id = "legacy.ccw.nt-dev-reject-early"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    let history = session.revisions
    guard step.isWholeCommand, session.hasNoRevision, history.zeroRejected.isSet,
      history.highestAccepted >= 1
    else { return .silent }
    guard step.isAccepted else { return .held }
    return .broken(
      "device takes \(step.command) without a revision, though it does not support revision 0",
      Evidence(history.zeroRejected, "device refuses revision 0"),
      Evidence(history.highestAcceptedAt, "device takes revision \(history.highestAccepted)"),
      Evidence(session.subchannelEnabledAt, "subchannel enabled"))
  }
}
