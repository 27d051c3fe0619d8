import Model

/// queue_enable reads 0 after a reset.
///
/// Traps: a recording that starts later does not show what was enabled.
///
/// Spec: 4.1.4.3.1
struct PCICommonDevEnableZeroOnReset: Rule {
  static let id = "pci.common.dev-enable-zero-on-reset"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step), step.kind == .readQueueEnable, step.hasValue, step.queue >= 0,
      session.marks.resetReadBack.isSet, session.queue(step.queue)?.enabledAt.isSet != true
    else { return .silent }
    guard step.value != 0 else { return .held }
    return .broken(
      "device returns queue_enable \(step.value) for queue \(step.queue) after a reset",
      Evidence(session.marks.reset, "driver resets the device"))
  }
}
