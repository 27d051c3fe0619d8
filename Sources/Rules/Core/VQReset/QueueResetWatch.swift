import Model

/// Which queues were reset alone, and how far that is.
///
/// Spec: 2.6.1
struct QueueResetWatch: Sendable {
  private var queues: [Int32: State] = [:]

  struct State: Sendable {
    /// The driver asked for the reset.
    var asked = RecordReference.none
    /// The first read that showed it done.
    var done = RecordReference.none
    /// The driver wrote a size since.
    var sizeWritten = false
  }

  /// Takes a step that concerns a queue's reset; call it after judging.
  mutating func apply(_ step: Transaction) {
    guard step.hasValue, step.isAccepted, step.queue >= 0 else { return }
    switch step.kind {
    case .writeQueueReset where step.value & 1 == 1:
      if queues.count < 1024 { queues[step.queue] = State(asked: step.reference) }
    case .readQueueReset where step.value & 1 == 0:
      if queues[step.queue]?.done.isSet == false { queues[step.queue]?.done = step.reference }
    case .writeQueueSize: queues[step.queue]?.sizeWritten = true
    case .writeQueueEnable where step.value != 0: queues[step.queue] = nil
    default: break
    }
  }

  /// The reset of `queue` that is over, while the queue is not enabled again.
  func finished(_ queue: Int32) -> State? { queues[queue].flatMap { $0.done.isSet ? $0 : nil } }
}
