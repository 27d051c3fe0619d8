import Model

/// QueueReset reads 0 after a reset of the device.
///
/// Trap: the register is there only with RING_RESET.
///
/// Spec: 4.2.2.1
struct DevQresetZeroOnReset: Rule {
  static let id = "mmio.dev-qreset-zero-on-reset"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readQueueReset, step.hasValue, session.marks.resetReadBack.isSet,
      session.queueResets == 0, session.mayResetQueues
    else { return .silent }
    guard step.value != 0 else { return .held }
    return .broken(
      "device returns \(step.value) in QueueReset of queue \(step.queue) after a reset",
      Evidence(session.marks.reset, "driver resets the device"))
  }
}

extension Session {
  /// RING_RESET is in use in this life, or was in the one before.
  var mayResetQueues: Bool {
    accepted.contains(40) || previous?.accepted.contains(40) == true
  }
}
