import Model
import VirtioSpec

/// A transitional device takes commands without a revision as those of a legacy driver.
///
/// That it is transitional shows when it takes revision 0. Trap: a device without a legacy interface
/// has to refuse. Only commands that every device takes are judged.
///
/// Spec: 4.3.2.1.3
struct DevAssumeRevZero: Rule {
  static let id = "legacy.ccw.dev-assume-rev-zero"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    let history = session.revisions
    guard session.hasNoRevision, history.zeroAccepted.isSet, !history.lastTriedAt.isSet,
      step.kind == .reset || step.kind == .readDeviceFeatures && step.index == 0,
      !step.traits.contains(.wrongWidth)
    else { return .silent }
    guard !step.isAccepted else { return .held }
    return .broken(
      "device refuses \(step.command) without a revision, though it supports revision 0",
      Evidence(history.zeroAccepted, "device takes revision 0"),
      Evidence(session.subchannelEnabledAt, "subchannel enabled"))
  }
}
