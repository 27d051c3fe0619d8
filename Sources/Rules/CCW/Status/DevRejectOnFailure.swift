import Model
import VirtioSpec

/// A device that cannot set a status refuses the command.
///
/// Traps: SUSPEND and DRIVER_OK change by themselves; below revision 2 nothing can be read back.
///
/// Spec: 4.3.2.3.2
struct DevRejectOnFailure: Rule {
  static let id = "ccw.status.dev-reject-on-failure"
  var tally = Tally()
  private var place = RecordReference.none
  private var written = DeviceStatus()

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    switch step.kind {
    case .writeStatus, .reset:
      place = step.kind == .writeStatus && step.isAccepted && step.hasValue ? step.reference : .none
      written = DeviceStatus(rawValue: UInt8(truncatingIfNeeded: step.value))
    case .readStatus where place.isSet && step.hasValue && step.isAccepted:
      let now = DeviceStatus(rawValue: UInt8(truncatingIfNeeded: step.value))
      var missing = written.subtracting(now).subtracting(.suspend)
      if session.suspension.isActive || written.contains(.suspend) { missing.subtract(.driverOK) }
      defer { place = .none }
      guard !missing.isEmpty else { return .held }
      return .broken(
        "device took status \(hex(written)) and shows \(hex(now)), without \(missing.describing)",
        Evidence(place, "device takes the status"))
    default: break
    }
    return .silent
  }
}
