import Model
import VirtioSpec

/// A driver takes a refused WRITE_STATUS for no change of the status.
///
/// Traps: FAILED on top of the old value is right, and so is another attempt.
///
/// Spec: 4.3.2.3.1
struct DrvRejectMeansUnchanged: Rule {
  static let id = "ccw.status.drv-reject-means-unchanged"
  static let coveredBy = [
    StopIfFeaturesRefused.id, NoContinueAfterFailure.id, "core.init.features-ok-set",
  ]
  var tally = Tally()
  /// Bits that the device refused to set, and where.
  private var refused = DeviceStatus()
  private var place = RecordReference.none

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    if step.kind == .reset { place = .none }
    guard step.kind == .writeStatus, step.hasValue else { return .silent }
    let written = DeviceStatus(rawValue: UInt8(truncatingIfNeeded: step.value))
    guard step.isAccepted || place.isSet else {
      refused = written.subtracting(session.writtenStatus)
      place = step.reference
      return .silent
    }
    guard place.isSet else { return .silent }
    let before = session.writtenStatus.union(refused)
    let kept = written.intersection(refused)
    guard !kept.isEmpty, !written.subtracting(before).isEmpty, !written.contains(.failed) else {
      if step.isAccepted, kept.isEmpty || kept == refused { place = .none }
      return .held
    }
    defer { place = .none }
    return .broken(
      "driver writes status \(hex(written)) as if \(kept.describing), which the device refused, were set",
      Evidence(place, "device refuses the status"))
  }
}
