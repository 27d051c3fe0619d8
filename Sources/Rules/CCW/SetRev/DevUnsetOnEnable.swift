import Model
import VirtioSpec

/// Enabling the subchannel makes a device forget its revision.
///
/// READ_STATUS works at revision 2 alone; a device that takes it right after the subchannel was
/// enabled has kept the revision. Traps: a reset of the device keeps the revision rightly; enabling may
/// not be recorded.
///
/// Spec: 4.3.2.1.1
struct DevUnsetOnEnable: Rule {
  static let id = "ccw.set-rev.dev-unset-on-enable"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    let history = session.revisions
    guard session.hasNoRevision, history.highestAccepted >= 0, !history.lastTriedAt.isSet,
      !history.early.isSet
    else { return .silent }
    let agreed = Evidence(
      history.highestAcceptedAt, "revision \(history.highestAccepted) agreed")
    let enabled = Evidence(session.subchannelEnabledAt, "subchannel enabled")
    switch step.kind {
    case .readStatus where history.highestAccepted >= 2:
      guard step.isAccepted else { return .held }
      return .broken(
        "device takes READ_STATUS after the subchannel was enabled, without a revision", agreed,
        enabled)
    case .setRevision where step.value == UInt64(history.highestAccepted):
      guard !step.isAccepted else { return .held }
      return .broken(
        "device refuses revision \(step.value), which it took before, after the subchannel was enabled",
        agreed, enabled)
    default: return .silent
    }
  }
}
