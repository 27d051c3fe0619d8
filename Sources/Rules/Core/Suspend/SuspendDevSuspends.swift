import Model
import VirtioSpec

/// A device that was told to suspend does so, or needs a reset.
///
/// It may take its time; one that drops SUSPEND and goes on has done neither. Trap: the recording may end
/// before the answer.
///
/// Spec: 3.4.2
struct SuspendDevSuspends: Rule {
  static let id = "core.suspend.dev-suspend-or-needs-reset"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    let state = session.suspension
    guard step.kind == .readStatus, step.hasValue, state.requested.isSet, !state.suspended.isSet,
      session.accepted.contains(43), session.marks.driverOK.isSet
    else { return .silent }
    let status = DeviceStatus(rawValue: UInt8(truncatingIfNeeded: step.value))
    guard !status.contains(.suspend), !status.contains(.needsReset), !status.isEmpty else {
      return status.contains(.driverOK) && status.contains(.suspend) ? .silent : .held
    }
    return .broken(
      "device shows status \(hex(status)): it neither suspends nor needs a reset",
      Evidence(state.requested, "driver sets SUSPEND"))
  }
}
