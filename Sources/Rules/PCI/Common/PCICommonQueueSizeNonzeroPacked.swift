import Model

/// With RING_PACKED a driver never writes 0 to queue_size.
///
/// Spec: 4.1.4.3.2
struct PCICommonQueueSizeNonzeroPacked: Rule {
  static let id = "pci.common.queue-size-nonzero-packed"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step), step.kind == .writeQueueSize, step.hasValue,
      session.isNegotiated, session.accepted.contains(34)
    else { return .silent }
    guard step.value == 0 else { return .held }
    return .broken("driver writes the size 0 for queue \(step.queue) with packed rings negotiated")
  }
}
