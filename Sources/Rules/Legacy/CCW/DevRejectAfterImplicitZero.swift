import Model
import VirtioSpec

/// A device that took a command without a revision takes nothing beyond revision 0 afterwards.
///
/// Traps: enabling the subchannel begins anew; the start of the period has to be recorded.
///
/// Spec: 4.3.2.1.3
struct DevRejectAfterImplicitZero: Rule {
  static let id = "legacy.ccw.dev-reject-after-implicit-zero"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    let history = session.revisions
    guard session.hasNoRevision, history.early.isSet, !history.lastTriedAt.isSet,
      step.kind == .setRevision || step.kind == .readStatus
    else { return .silent }
    guard step.isAccepted else { return .held }
    return .broken(
      "device takes \(step.command) after a command without a revision made it one of revision 0",
      Evidence(history.early, "device takes a command without a revision"))
  }
}
