import Model
import VirtioSpec

/// A driver never clears a status bit that it set, except by resetting the device.
///
/// Traps: writing 0 is the reset itself; DEVICE_NEEDS_RESET belongs to the device; a bit that the
/// device dropped (a refused FEATURES_OK) is not the driver's to keep; suspending and resuming swap
/// SUSPEND and DRIVER_OK.
///
/// Spec: 2.1.1
struct NoClearBits: Rule {
  static let id = "core.status.no-clear-bits"
  static let coveredBy = [ResetFirst.id, FailedResetBeforeReinit.id]
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let written = step.statusSet else { return .silent }
    var before = session.writtenStatus.subtracting(.needsReset)
    if session.isStatusKnown { before.formIntersection(session.status) }
    if DeviceStatus.defined(in: session.profile.spec).contains(.suspend),
      session.writtenStatus.contains(.suspend)
    {
      before.subtract([.suspend, .driverOK])
    }
    let cleared = before.subtracting(written)
    guard cleared.isEmpty else {
      return .broken(
        "driver writes status \(hex(written)), which clears \(cleared.describing)",
        Evidence(
          session.marks.lastStatusWrite, "driver had written status \(hex(session.writtenStatus))"))
    }
    return before.isEmpty ? .silent : .held
  }
}
