import Model
import VirtioSpec

/// READ_STATUS returns the status that was set last.
///
/// Trap: a reset in between.
///
/// Spec: 4.3.2.3.2
struct DevReadReturnsCurrent: Rule {
  static let id = "ccw.status.dev-read-returns-current"
  static let coveredBy = [
    DevRejectOnFailure.id, DevUnchangedOnFailure.id, "ccw.reset.dev-finish-before-end",
    DevStatusZero.id,
  ]
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readStatus, session.revision >= 2 else { return .silent }
    guard step.isAccepted else {
      return .broken(
        "device refuses READ_STATUS at revision \(session.revision)",
        Evidence(session.revisionSet, "revision \(session.revision) agreed"))
    }
    guard step.hasValue, session.startKnown, !session.suspension.isActive,
      !session.suspension.over.isSet
    else { return .silent }
    let own: DeviceStatus = [.needsReset, .suspend]
    let now = DeviceStatus(rawValue: UInt8(truncatingIfNeeded: step.value)).subtracting(own)
    let due = session.writtenStatus.subtracting(own)
    guard now != due else { return .held }
    return .broken(
      "device returns status \(hex(UInt8(truncatingIfNeeded: step.value), digits: 2)) where "
        + "\(hex(session.writtenStatus)) was set last",
      Evidence(
        session.marks.lastStatusWrite, "driver had written status \(hex(session.writtenStatus))"))
  }
}
