import Model
import VirtioSpec

/// A device that was reset leaves its old queues alone.
///
/// Only writes of the shape of a ring's own count, for the driver may have put the memory to another
/// use, and the reset must be over: on channel I/O with the command, else when the status reads 0.
///
/// Spec: 2.4.1
struct DevNoQueueAccessAfter: Rule {
  static let id = "core.reset.dev-no-queue-access-after"
  static let coveredBy = ["ccw.reset.dev-quiet"]
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .endedRingWritten, session.marks.reset.isSet,
      session.ring(step.queue) == nil
    else { return .silent }
    guard session.profile.transport == .ccw || session.marks.resetReadBack.isSet else {
      return .silent
    }
    return .broken(
      "device writes to the rings of queue \(step.queue) at \(hex(step.value)) after the reset",
      Evidence(session.marks.reset, "driver resets the device"))
  }
}
