import Model
import VirtioSpec

/// A driver checks that the device has suspended.
///
/// Judged when the driver resumes the device. Traps: the device may show DEVICE_NEEDS_RESET instead; the
/// recording may end before the read.
///
/// Spec: 3.4.1
struct SuspendDrvVerify: Rule {
  static let id = "core.suspend.drv-verify"
  var tally = Tally()
  private var isDone = RecordReference.none

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    let asked = session.suspension.requested
    guard asked.isSet, isDone != asked else { return .silent }
    if step.kind == .readStatus {
      isDone = asked
      return .held
    }
    guard let written = step.statusSet, written.contains(.driverOK), !written.contains(.suspend)
    else { return .silent }
    isDone = asked
    return .broken(
      "driver resumes the device with status \(hex(written)) and has not read the status since it "
        + "set SUSPEND", Evidence(asked, "driver sets SUSPEND"))
  }

  func conclude(_ session: Session, end: SessionEnd) -> Judgement {
    let asked = session.suspension.requested
    return asked.isSet && isDone != asked ? .undecidable(.endsMidLife) : .silent
  }
}
