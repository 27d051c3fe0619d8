import Model

/// A driver never writes 0 to queue_enable.
///
/// Traps: a write that zeroes several fields at once is a matter of its width; the legacy interface
/// has no such field.
///
/// Spec: 4.1.4.3.2
struct PCICommonQueueEnableNoZero: Rule {
  static let id = "pci.common.queue-enable-no-zero"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step), step.kind == .writeQueueEnable, step.hasValue,
      !step.traits.contains(.wrongWidth)
    else { return .silent }
    guard step.value == 0 else { return .held }
    return .broken("driver writes 0 to queue_enable of queue \(step.queue)")
  }
}
