import Model

/// A device lets each half of a 64-bit field be written and read on its own.
///
/// Traps: a queue that is enabled meanwhile; another queue.
///
/// Spec: 4.1.3.2
struct PCIAccessDevWideHalves: Rule {
  static let id = "pci.access.dev-wide-halves"
  var tally = Tally()
  private var fields: [Field] = []

  /// What the driver wrote of one address, by halves.
  private struct Field: Sendable {
    var queue: Int32
    var area: UInt32
    var value: UInt64 = 0
    var mask: UInt64 = 0
    var reference = RecordReference.none
  }

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step), step.hasValue, !step.traits.contains(.wrongWidth) else {
      return .silent
    }
    switch step.kind {
    case .writeQueueAddress: take(step)
    case .writeQueueEnable, .writeQueueReset: fields.removeAll { $0.queue == step.queue }
    case .writeStatus:
      if step.isStatusReset { fields.removeAll() }
    case .readQueueAddress: return judgeRead(step)
    default: break
    }
    return .silent
  }

  private mutating func take(_ step: Transaction) {
    guard step.queue >= 0, step.mask == 0xffff_ffff || step.mask == 0xffff_ffff_0000_0000 else {
      return
    }
    let known = fields.firstIndex { $0.queue == step.queue && $0.area == step.index }
    var field = known.map { fields[$0] } ?? Field(queue: step.queue, area: step.index)
    field.value = field.value & ~step.mask | step.value & step.mask
    field.mask |= step.mask
    field.reference = step.reference
    if let known { fields[known] = field } else if fields.count < 256 { fields.append(field) }
  }

  private func judgeRead(_ step: Transaction) -> Judgement {
    let known = fields.first { $0.queue == step.queue && $0.area == step.index }
    guard let field = known, step.mask & ~field.mask == 0 else { return .silent }
    guard (step.value ^ field.value) & step.mask != 0 else { return .held }
    let name = Transaction.areaNames[Int(min(step.index, 2))]
    return .broken(
      "device returns \(hex(step.value & step.mask)) for queue_\(name) of queue \(step.queue), and "
        + "the driver wrote \(hex(field.value & step.mask)) there",
      Evidence(field.reference, "driver writes the last half of queue_\(name)"))
  }
}
