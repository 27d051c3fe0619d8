import Model
import VirtioSpec

/// After VDEV_RESET the device is quiet.
///
/// Traps: an interrupt may have been made pending before the reset, so that only what the device writes
/// into its rings counts.
///
/// Spec: 4.3.3.3.1
struct ResetDevQuiet: Rule {
  static let id = "ccw.reset.dev-quiet"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.profile.transport == .ccw, session.marks.reset.isSet else { return .silent }
    guard step.kind == .endedRingWritten, !session.marks.driverOK.isSet,
      session.ring(step.queue) == nil
    else { return .silent }
    return .broken(
      "device writes to the rings of queue \(step.queue) at \(hex(step.value)) after VDEV_RESET",
      Evidence(session.marks.reset, "driver resets the device"))
  }
}
