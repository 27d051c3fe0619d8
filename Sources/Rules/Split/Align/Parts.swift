import Model

/// The parts of a split queue are aligned: descriptors to 16 bytes, available ring to 2, used ring to 4.
///
/// The finding points at the write of the address; it is made when the queue is enabled, because the
/// driver may set an address more than once.
///
/// Traps: a legacy queue has one address, of a page; packed queues have an alignment of their own.
///
/// Spec: 2.7.1
struct AlignParts: Rule {
  static let id = "split.align.parts"
  var tally = Tally()
  /// The last write of the low half of each address, by queue and area.
  private var writes: [UInt64: RecordReference] = [:]

  private static func key(_ queue: Int32, _ area: UInt32) -> UInt64 {
    UInt64(UInt32(bitPattern: queue)) << 32 | UInt64(area)
  }

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    if step.kind == .writeQueueAddress {
      if step.mask & 1 == 1, writes.count < 3072 {
        writes[Self.key(step.queue, step.index)] = step.reference
      }
      return .silent
    }
    guard step.kind == .writeQueueEnable, step.setsUpQueue, step.interface != .legacy,
      !session.accepted.contains(34), let queue = session.queue(step.queue),
      queue.descriptorsMask != 0 || queue.driverAreaMask != 0 || queue.deviceAreaMask != 0
    else { return .silent }
    let parts = [
      ("descriptor table", queue.descriptors, UInt64(16)), ("available ring", queue.driverArea, 2),
      ("used ring", queue.deviceArea, 4),
    ]
    for (area, (name, address, alignment)) in parts.enumerated() where address % alignment != 0 {
      return .broken(
        Breach(
          message: "driver puts the \(name) of queue \(step.queue) at \(hex(address)), which is no"
            + " multiple of \(alignment)",
          evidence: [Evidence(step.reference, "driver enables queue \(step.queue)")],
          place: writes[Self.key(step.queue, UInt32(area))]))
    }
    return .held
  }
}
