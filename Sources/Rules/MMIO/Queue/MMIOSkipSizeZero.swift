import Model

/// A driver of virtio-mmio sets up no queue that is not there.
///
/// Spec: 4.2.3.2
struct MMIOSkipSizeZero: Rule {
  static let id = "mmio.queue.skip-size-zero"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeQueueEnable, step.hasValue, step.value != 0,
      session.isModern(at: step),
      let queue = session.queue(step.queue), queue.isAbsent || queue.maxSize > 0
    else { return .silent }
    guard queue.isAbsent else { return .held }
    return .broken("driver makes queue \(queue.index) ready, of which QueueSizeMax is 0")
  }
}
