import Model
import VirtioSpec

/// A driver takes its reset for complete only when it reads the status as 0.
///
/// Not on CCW, where the end of the command is the end of the reset, nor through the legacy
/// interface. A driver that sets FAILED has stopped waiting, but takes nothing for complete.
///
/// Spec: 2.4.2; for CCW 4.3.3.3.2
struct DrvWaitStatusZero: Rule {
  static let id = "core.reset.drv-wait-status-zero"
  static let coveredBy = ["pci.common.wait-reset"]
  var tally = Tally()
  private var judged = RecordReference.none
  /// The status was read since the reset, and its value was not captured.
  private var unknownRead = false

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    if step.kind == .readStatus {
      if !step.hasValue { unknownRead = true }
      return .silent
    }
    if step.kind == .reset || step.isStatusReset {
      unknownRead = false
      return .silent
    }
    let reset = session.marks.reset
    guard reset.isSet, judged != reset, session.profile.transport != .ccw,
      session.isModern(at: step),
      step.statusSet?.contains(.failed) == false || step.kind == .writeDriverFeatures
        || step.setsUpQueue
    else { return .silent }
    judged = reset
    if session.marks.resetReadBack.isSet { return .held }
    if unknownRead { return .undecidable(.payloadNotCaptured) }
    return .broken(
      "driver \(step.deed) although it has not read the status as 0 since the reset",
      Evidence(reset, "driver resets the device"))
  }
}
