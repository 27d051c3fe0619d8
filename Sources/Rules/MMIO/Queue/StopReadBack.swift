import Model

/// A driver of virtio-mmio reads QueueReady back after it stopped the queue.
///
/// Judged when the driver goes on with the same queue. Trap: a reset of the device that follows at
/// once stops everything.
///
/// Spec: 4.2.2.2
struct StopReadBack: Rule {
  static let id = "mmio.queue.stop-read-back"
  var tally = Tally()
  private var queue: Int32 = -1
  private var stopped = RecordReference.none

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isModern(at: step) else { return .silent }
    if step.kind == .writeQueueEnable, step.hasValue, step.value == 0,
      session.queue(step.queue)?.isEnabled == true
    {
      queue = step.queue
      stopped = step.reference
      return .silent
    }
    guard stopped.isSet, step.queue == queue else { return .silent }
    if step.kind == .readQueueEnable {
      stopped = .none
      return .held
    }
    guard step.setsUpQueue else { return .silent }
    defer { stopped = .none }
    return .broken(
      "driver \(step.deed) and has not read QueueReady back since it stopped the queue",
      Evidence(stopped, "driver writes 0 to QueueReady of queue \(queue)"))
  }
}
