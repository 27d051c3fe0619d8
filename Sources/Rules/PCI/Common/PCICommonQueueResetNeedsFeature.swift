import Model

/// A driver leaves queue_reset alone without RING_RESET.
///
/// Traps: a read may be part of a dump of the whole structure.
///
/// Spec: 4.1.4.3
struct PCICommonQueueResetNeedsFeature: Rule {
  static let id = "pci.common.queue-reset-needs-feature"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step), step.kind == .writeQueueReset,
      !step.traits.contains(.wrongWidth)
    else { return .silent }
    guard !session.accepted.contains(40) else { return .held }
    return .broken("driver writes queue_reset without \(session.featureName(40))")
  }
}
