import Model

/// Without RING_PACKED a driver writes only powers of two to queue_size.
///
/// Traps: a write before the features are final.
///
/// Spec: 4.1.4.3.2
struct PCICommonQueueSizePowerOfTwo: Rule {
  static let id = "pci.common.queue-size-power-of-two"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step), step.kind == .writeQueueSize, step.hasValue,
      session.isNegotiated, !session.accepted.contains(34)
    else { return .silent }
    guard step.value.nonzeroBitCount != 1 else { return .held }
    return .broken(
      "driver writes the size \(step.value) for queue \(step.queue), which is no power of two")
  }
}
