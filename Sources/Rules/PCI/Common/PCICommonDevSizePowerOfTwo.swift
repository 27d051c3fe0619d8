import Model

/// queue_size reads 0 or a power of two unless the rings are packed.
///
/// Traps: before the negotiation the largest packed ring may show; what the driver wrote is its own.
///
/// Spec: 4.1.4.3.1
struct PCICommonDevSizePowerOfTwo: Rule {
  static let id = "pci.common.dev-size-power-of-two"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step), step.kind == .readQueueSize, step.hasValue,
      !step.traits.contains(.wrongWidth), session.queue(step.queue)?.sizeWrite.isSet != true
    else { return .silent }
    let isSplit =
      session.isNegotiated
      ? !session.accepted.contains(34)
      : session.offered.knows(34) && !session.offered.contains(34)
    guard isSplit else { return .silent }
    guard step.value.nonzeroBitCount > 1 else { return .held }
    return .broken(
      "device returns the size \(step.value) for queue \(step.queue), which is no power of two")
  }
}
