import Model
import VirtioSpec

/// A device that cannot set a status keeps the old one.
///
/// Trap: DEVICE_NEEDS_RESET is the device's own.
///
/// Spec: 4.3.2.3.2
struct DevUnchangedOnFailure: Rule {
  static let id = "ccw.status.dev-unchanged-on-failure"
  var tally = Tally()
  private var place = RecordReference.none
  private var before = DeviceStatus()

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    switch step.kind {
    case .writeStatus, .reset:
      place =
        !step.isAccepted && step.kind == .writeStatus && session.isStatusKnown
        ? step.reference : .none
      before = session.status
    case .readStatus where place.isSet && step.hasValue && step.isAccepted:
      let now = DeviceStatus(rawValue: UInt8(truncatingIfNeeded: step.value))
      defer { place = .none }
      guard now.subtracting(.needsReset) != before.subtracting(.needsReset) else { return .held }
      return .broken(
        "device refused a status and shows \(hex(now)) instead of the \(hex(before)) before",
        Evidence(place, "device refuses the status"))
    default: break
    }
    return .silent
  }
}
