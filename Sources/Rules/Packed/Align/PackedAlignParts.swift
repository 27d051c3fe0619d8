import Model

/// The descriptor ring of a packed queue is aligned to 16 bytes, the event structures to 4.
///
/// Traps: split queues have an alignment of their own.
///
/// Spec: 2.8.11
struct PackedAlignParts: Rule {
  static let id = "packed.align.parts"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeQueueEnable, step.setsUpQueue, session.accepted.contains(34),
      let queue = session.queue(step.queue),
      queue.descriptorsMask != 0 || queue.driverAreaMask != 0 || queue.deviceAreaMask != 0
    else { return .silent }
    for (name, address, alignment) in [
      ("descriptor ring", queue.descriptors, UInt64(16)),
      ("driver event structure", queue.driverArea, 4),
      ("device event structure", queue.deviceArea, 4),
    ] where address % alignment != 0 {
      return .broken(
        "driver enables packed queue \(step.queue) with its \(name) at \(hex(address)), which is no"
          + " multiple of \(alignment)")
    }
    return .held
  }
}
