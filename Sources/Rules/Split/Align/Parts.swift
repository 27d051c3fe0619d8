import Model

/// The parts of a split queue are aligned: descriptors to 16 bytes, available ring to 2, used ring to 4.
///
/// Traps: a legacy queue has one address, of a page; packed queues have an alignment of their own.
///
/// Spec: 2.7.1
struct AlignParts: Rule {
  static let id = "split.align.parts"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeQueueEnable, step.setsUpQueue, step.interface != .legacy,
      !session.accepted.contains(34), let queue = session.queue(step.queue),
      queue.descriptorsMask != 0 || queue.driverAreaMask != 0 || queue.deviceAreaMask != 0
    else { return .silent }
    for (name, address, alignment) in [
      ("descriptor table", queue.descriptors, UInt64(16)), ("available ring", queue.driverArea, 2),
      ("used ring", queue.deviceArea, 4),
    ] where address % alignment != 0 {
      return .broken(
        "driver enables queue \(step.queue) with its \(name) at \(hex(address)), which is no multiple of"
          + " \(alignment)")
    }
    return .held
  }
}
