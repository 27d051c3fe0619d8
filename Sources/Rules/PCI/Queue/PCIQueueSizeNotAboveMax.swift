import Model

/// A driver only lowers the size of a queue.
///
/// Traps: the size that the device offers was not read in this life.
///
/// Spec: 4.1.5.1.3
struct PCIQueueSizeNotAboveMax: Rule {
  static let id = "pci.queue.size-not-above-max"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step), step.kind == .writeQueueSize, step.hasValue,
      let queue = session.queue(step.queue), queue.maxSize > 0
    else { return .silent }
    guard step.value > UInt64(queue.maxSize) else { return .held }
    return .broken(
      "driver writes the size \(step.value) for queue \(step.queue), and the device offers "
        + "\(queue.maxSize)")
  }
}
