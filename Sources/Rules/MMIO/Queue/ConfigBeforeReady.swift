import Model

/// A driver of virtio-mmio writes the size and the three addresses of a queue before it makes it
/// ready.
///
/// Trap: the high half of an address may stay as the reset left it.
///
/// Spec: 4.2.3.2
struct ConfigBeforeReady: Rule {
  static let id = "mmio.queue.config-before-ready"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeQueueEnable, step.hasValue, step.value != 0, step.queue >= 0,
      session.isModern(at: step)
    else { return .silent }
    let queue = session.queue(step.queue) ?? Queue(index: step.queue)
    let low: UInt64 = 0xffff_ffff
    var missing: [String] = []
    if !queue.sizeWrite.isSet { missing.append("QueueSize") }
    if queue.descriptorsMask & low == 0 { missing.append("QueueDescLow") }
    if queue.driverAreaMask & low == 0 { missing.append("QueueDriverLow") }
    if queue.deviceAreaMask & low == 0 { missing.append("QueueDeviceLow") }
    guard !missing.isEmpty else { return .held }
    return .broken(
      "driver makes queue \(step.queue) ready without having written "
        + missing.joined(separator: ", "))
  }
}
