import Model
import VirtioSpec

/// A driver of legacy virtio-mmio writes size and alignment of a queue before QueuePFN.
///
/// Spec: 4.2.4
struct OrderSizeAlignPFN: Rule {
  static let id = "legacy.mmio.order-size-align-pfn"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeQueuePFN, step.hasValue, step.value != 0,
      session.profile.transport == .mmio, step.queue >= 0
    else { return .silent }
    let queue = session.queue(step.queue) ?? Queue(index: step.queue)
    var missing: [String] = []
    if !queue.sizeWrite.isSet { missing.append("QueueSize") }
    if queue.alignment == 0 { missing.append("QueueAlign") }
    guard !missing.isEmpty else { return .held }
    return .broken(
      "driver writes QueuePFN of queue \(step.queue) without having written "
        + missing.joined(separator: " and "))
  }
}
