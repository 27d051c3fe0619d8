import Model
import VirtioSpec

/// A driver never clears a status bit that it set, except by resetting the device.
///
/// Traps: writing 0 is the reset itself; DEVICE_NEEDS_RESET belongs to the device; a FEATURES_OK
/// that the device refused is dropped by the device, so the driver may leave it out.
///
/// Spec: 2.1.1
struct NoClearBits: Rule {
  static let id = "core.status.no-clear-bits"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.hasValue, !step.isStatusReset, step.isAccepted else { return .silent }
    let written = DeviceStatus(rawValue: UInt8(truncatingIfNeeded: step.value))
    var before = session.writtenStatus.subtracting(.needsReset)
    if session.marks.featuresOKRefused.isSet { before.subtract(.featuresOK) }
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
