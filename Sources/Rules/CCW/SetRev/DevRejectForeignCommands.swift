import Model
import VirtioSpec

/// A device refuses a command that the revision in force does not have.
///
/// Trap: some legacy devices take SET_IND_ADAPTER at revision 0, which the specification knows.
///
/// Spec: 4.3.2.1.1
struct DevRejectForeignCommands: Rule {
  static let id = "ccw.set-rev.dev-reject-foreign-commands"
  static let coveredBy = ["ccw.set-rev.dev-unset-on-enable"]
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readStatus, session.isLegacyCCW || session.revision == 1
    else { return .silent }
    guard step.isAccepted else { return .held }
    return .broken(
      "device takes READ_STATUS at \(session.revision < 0 ? "no revision" : "revision \(session.revision)")",
      Evidence(session.revisionSet, "revision \(session.revision) agreed"),
      Evidence(session.subchannelEnabledAt, "subchannel enabled"))
  }
}
