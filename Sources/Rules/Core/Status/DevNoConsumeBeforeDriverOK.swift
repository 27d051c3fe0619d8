import Model
import VirtioSpec

/// A device uses no buffer before DRIVER_OK.
///
/// Traps: the legacy interface, where early use must be served.
///
/// Spec: 2.1.2
struct DevNoConsumeBeforeDriverOK: Rule {
  static let id = "core.status.dev-no-consume-before-driver-ok"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .bufferUsed, session.interface == .modern else { return .silent }
    if session.marks.driverOK.isSet { return .held }
    return .broken(
      "device uses chain \(step.value) of queue \(step.queue) while DRIVER_OK is not set",
      Evidence(
        session.marks.lastStatusWrite, "driver had written status \(hex(session.writtenStatus))"))
  }
}
