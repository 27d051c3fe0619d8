import Model
import VirtioSpec

/// A driver suspends only a device that runs.
///
/// Trap: the write that resumes a suspended device keeps SUSPEND and sets DRIVER_OK.
///
/// Spec: 3.4.1
struct SuspendDrvNeedsDriverOK: Rule {
  static let id = "core.suspend.drv-needs-driver-ok"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let written = step.statusSet, written.contains(.suspend), !session.suspension.isActive
    else { return .silent }
    guard !session.marks.driverOK.isSet else { return .held }
    return .broken("driver sets SUSPEND with status \(hex(written)) although DRIVER_OK is not set")
  }
}
