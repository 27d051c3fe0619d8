import Model
import VirtioSpec

/// A driver sends no available buffer notification before it set DRIVER_OK.
///
/// Through the legacy interface it may (3.1.2). A kick that only the device's own log tells was
/// recorded by another thread than the status writes; their order is not the driver's.
///
/// Spec: 3.1.1
struct NoKickBeforeDriverOK: Rule {
  static let id = "core.init.no-kick-before-driver-ok"
  var tally = Tally()
  private var judged = false

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    if session.marks.driverOK.isSet {
      defer { judged = true }
      return judged || !session.isModern(at: step) ? .silent : .held
    }
    guard session.isModern(at: step) else { return .silent }
    if step.traits.contains(.fromHostLog) { return .undecidable(.kicksBypass) }
    return .broken(
      "driver \(step.deed) before it set DRIVER_OK",
      Evidence(
        session.marks.lastStatusWrite, "driver had written status \(hex(session.writtenStatus))"))
  }
}
