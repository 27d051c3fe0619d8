import Model
import VirtioSpec

/// A driver of legacy virtio-mmio reads QueueSizeMax only of a queue that is not in use.
///
/// Trap: a tool that dumps everything is no driver (`RegisterSweep`).
///
/// Spec: 4.2.4
struct SizeMaxOnlyUnused: Rule {
  static let id = "legacy.mmio.size-max-only-unused"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readQueueSize, session.profile.mmioVersion == 1, step.queue >= 0
    else { return .silent }
    guard let queue = session.queue(step.queue), queue.isEnabled else { return .held }
    return .broken(
      "driver reads QueueSizeMax of queue \(queue.index) while the queue is in use",
      Evidence(queue.enabledAt, "driver writes QueuePFN of queue \(queue.index)"))
  }
}
