import Model
import VirtioSpec

/// A device refuses another revision once one is agreed.
///
/// Traps: enabling the subchannel begins anew, and where no such event is recorded it may have been
/// missed; the same revision again is no change.
///
/// Spec: 4.3.2.1.1
struct DevRejectChange: Rule {
  static let id = "ccw.set-rev.dev-reject-change"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .setRevision, step.hasValue, session.revision >= 0,
      step.value != UInt64(session.revision)
    else { return .silent }
    guard step.isAccepted else { return .held }
    guard session.subchannelEnabledAt.isSet else { return .undecidable(.startsMidLife) }
    return .broken(
      "device takes revision \(step.value) after it agreed to revision \(session.revision)",
      Evidence(session.revisionSet, "revision \(session.revision) agreed"))
  }
}
