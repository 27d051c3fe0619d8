import Model
import VirtioSpec

/// VDEV_RESET ends when the reset is over.
///
/// Traps: only revision 2 can read the status; the driver may have written one in between.
///
/// Spec: 4.3.3.3.1
struct DevFinishBeforeEnd: Rule {
  static let id = "ccw.reset.dev-finish-before-end"
  var tally = Tally()
  private var isRead = RecordReference.none

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    let reset = session.marks.reset
    guard step.kind == .readStatus, step.hasValue, step.isAccepted, reset.isSet, isRead != reset,
      session.writtenStatus.isEmpty
    else { return .silent }
    isRead = reset
    guard step.value != 0 else { return .held }
    return .broken(
      "device returns status \(hex(step.value, digits: 2)) after a reset instead of 0",
      Evidence(reset, "driver resets the device"))
  }
}
