import Model
import VirtioSpec

/// A driver does not try another revision once one is agreed.
///
/// Trap: a subchannel that was enabled again begins anew, and where that is not recorded it may have
/// been missed.
///
/// Spec: 4.3.2.1.2
struct SetRevNoSecond: Rule {
  static let id = "ccw.set-rev.no-second"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .setRevision, step.hasValue else { return .silent }
    guard session.revision >= 0, step.value != UInt64(session.revision) else {
      return step.isAccepted ? .held : .silent
    }
    guard session.subchannelEnabledAt.isSet else { return .undecidable(.startsMidLife) }
    return .broken(
      "driver tries revision \(step.value) after revision \(session.revision) was agreed",
      Evidence(session.revisionSet, "revision \(session.revision) agreed"))
  }
}
