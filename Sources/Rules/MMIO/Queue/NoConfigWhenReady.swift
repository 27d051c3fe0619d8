import Model

/// A driver of virtio-mmio leaves size and addresses of a queue alone while the queue is ready.
///
/// Traps: another queue may be selected; a queue reset makes the queue not ready.
///
/// Spec: 4.2.2.2
struct NoConfigWhenReady: Rule {
  static let id = "mmio.queue.no-config-when-ready"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeQueueSize || step.kind == .writeQueueAddress,
      session.isModern(at: step),
      step.queue >= 0
    else { return .silent }
    guard let queue = session.queue(step.queue), queue.isEnabled else { return .held }
    return .broken(
      "driver \(step.deed) while the queue is ready",
      Evidence(queue.enabledAt, "driver writes 1 to QueueReady of queue \(queue.index)"))
  }
}
