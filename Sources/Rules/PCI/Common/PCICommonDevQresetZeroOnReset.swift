import Model

/// queue_reset reads 0 after a reset of the device.
///
/// Traps: the field is not there without RING_RESET.
///
/// Spec: 4.1.4.3.1
struct PCICommonDevQresetZeroOnReset: Rule {
  static let id = "pci.common.dev-qreset-zero-on-reset"
  var tally = Tally()
  private var written = QueueMarks()

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step), step.queue >= 0 else { return .silent }
    if step.kind == .writeQueueReset { written[step.queue] = step.reference }
    guard step.kind == .readQueueReset, step.hasValue, session.accepted.contains(40),
      session.marks.featuresOKConfirmed, session.marks.resetReadBack.isSet,
      written[step.queue] == nil, session.queue(step.queue)?.enabledAt.isSet != true
    else { return .silent }
    guard step.value != 0 else { return .held }
    return .broken(
      "device returns queue_reset \(step.value) for queue \(step.queue) after a reset of the device",
      Evidence(session.marks.reset, "driver resets the device"))
  }
}
