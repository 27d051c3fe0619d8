import Model

/// A driver takes the reset of a queue for complete only when queue_reset reads 0.
///
/// Traps: another queue may be set up meanwhile; a reset of the device supersedes.
///
/// Spec: 4.1.4.3.2
struct PCICommonQueueResetWait: Rule {
  static let id = "pci.common.queue-reset-wait"
  var tally = Tally()
  private var pending = QueueMarks()

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step), step.hasValue else { return .silent }
    switch step.kind {
    case .writeQueueReset:
      if step.value & 1 == 1, session.accepted.contains(40) { pending[step.queue] = step.reference }
    case .readQueueReset:
      guard step.value & 1 == 0, pending[step.queue] != nil else { return .silent }
      pending[step.queue] = nil
      return .held
    case .writeStatus:
      if step.isStatusReset { pending.removeAll() }
    case .writeQueueSize, .writeQueueAddress, .writeQueueEnable:
      guard let reset = pending[step.queue], step.setsUpQueue else { return .silent }
      pending[step.queue] = nil
      return .broken(
        "driver \(step.deed) although queue_reset has not read 0 since it reset the queue",
        Evidence(reset, "driver resets queue \(step.queue)"))
    default: break
    }
    return .silent
  }
}
