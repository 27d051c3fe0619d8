import Model

/// A driver of virtio-mmio stops a queue by writing 0 to QueueReady.
///
/// A queue that was given another place or size and is made ready again was in use in between. Traps:
/// a reset of the device or of the queue stops it as well; a legacy driver writes 0 to QueuePFN.
///
/// Spec: 4.2.2.2
struct StopWriteZero: Rule {
  static let id = "mmio.queue.stop-write-zero"
  var tally = Tally()
  /// Queues that were changed while they were ready.
  private var changed: [Int32] = []

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isModern(at: step), let queue = session.queue(step.queue) else { return .silent }
    switch step.kind {
    case .writeQueueSize, .writeQueueAddress:
      if queue.isEnabled, changed.count < 64, !changed.contains(queue.index) {
        changed.append(queue.index)
      }
      return .silent
    case .writeQueueEnable where step.hasValue && step.value == 0:
      changed.removeAll { $0 == queue.index }
      return queue.isEnabled ? .held : .silent
    case .writeQueueEnable where queue.isEnabled && changed.contains(queue.index):
      changed.removeAll { $0 == queue.index }
      return .broken(
        "driver makes queue \(queue.index) ready in another form without having stopped it",
        Evidence(queue.enabledAt, "driver writes 1 to QueueReady of queue \(queue.index)"))
    default: return .silent
    }
  }
}
