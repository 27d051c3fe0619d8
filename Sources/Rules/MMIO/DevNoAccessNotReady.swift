import Model
import VirtioSpec

/// A device does not touch the memory of a queue whose QueueReady is 0.
///
/// Spec: 4.2.2.1
struct DevNoAccessNotReady: Rule {
  static let id = "mmio.dev-no-access-not-ready"
  static let coveredBy = [VQResetDevNoExecute.id]
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .endedRingWritten, session.profile.transport == .mmio,
      let queue = session.queue(step.queue), !queue.isEnabled, queue.disabledAt.isSet
    else { return .silent }
    return .broken(
      "device writes to the rings of queue \(step.queue) at \(hex(step.value)) while its QueueReady"
        + " is 0",
      Evidence(queue.disabledAt, "driver takes queue \(step.queue) away"))
  }
}
