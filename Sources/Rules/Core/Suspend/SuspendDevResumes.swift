import Model
import VirtioSpec

/// A device that was told to resume does so, or needs a reset.
///
/// It may take its time; one that shows neither SUSPEND nor DRIVER_OK has done neither. Trap: the
/// recording may end before the answer.
///
/// Spec: 3.4.2
struct SuspendDevResumes: Rule {
  static let id = "core.suspend.dev-resume-or-needs-reset"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    let state = session.suspension
    guard step.kind == .readStatus, step.hasValue, state.resumeRequested.isSet else {
      return .silent
    }
    let status = DeviceStatus(rawValue: UInt8(truncatingIfNeeded: step.value))
    guard !status.contains(.suspend), !status.contains(.needsReset), !status.contains(.driverOK),
      !status.isEmpty
    else { return status.contains(.suspend) ? .silent : .held }
    return .broken(
      "device shows status \(hex(status)): it neither resumes nor needs a reset",
      Evidence(state.resumeRequested, "driver sets DRIVER_OK again"))
  }
}
