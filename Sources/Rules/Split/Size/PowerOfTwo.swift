import Model

/// A split queue has a power of two of entries, at most 32768.
///
/// Traps: packed queues may have any size; the size is known only where it was read or written.
///
/// Spec: 2.7
struct SizePowerOfTwo: Rule {
  static let id = "split.size.power-of-two"
  static let coveredBy = ["pci.common.queue-size-power-of-two"]
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.setsUpQueue, step.kind == .writeQueueEnable || step.kind == .writeQueuePFN,
      !session.accepted.contains(34), let queue = session.queue(step.queue),
      queue.size > 0 || queue.sizeWrite.isSet
    else { return .silent }
    let size = queue.size
    if size > 0, size <= 32768, size & (size &- 1) == 0 { return .held }
    return .broken(
      "driver enables queue \(step.queue) with \(size) entries, which is no power of two up to 32768",
      Evidence(queue.sizeWrite, "driver sets the size"))
  }
}
