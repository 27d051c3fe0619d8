import Model
import VirtioSpec

/// A driver of legacy virtio-mmio tells the size of its pages before it sets up a queue.
///
/// Whether it did is what the transport remembers from the whole recording: some devices keep the
/// size over a reset. Trap: it may have been told before the recording began.
///
/// Spec: 4.2.4
struct PageSizeBeforeQueues: Rule {
  static let id = "legacy.mmio.page-size-before-queues"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeQueuePFN, step.hasValue, step.value != 0,
      session.profile.transport == .mmio
    else { return .silent }
    guard step.index == 0 else { return .held }
    return .broken(
      "driver writes QueuePFN of queue \(step.queue) and has told no GuestPageSize before")
  }
}
