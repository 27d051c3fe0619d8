import Model
import VirtioSpec

/// A rule that a reset leaves no queue of virtio-mmio in use.
///
/// Traps: the reset may take its time, so the status has to read 0 first; what was before the first
/// reset of the recording is not known.
protocol ResetClearsQueues: Rule {
  static var kind: Transaction.Kind { get }
  static var register: String { get }
}

extension ResetClearsQueues {
  /// The queue is as the reset left it, and the reset is over.
  func judgeQueue(_ step: Transaction, _ session: Session) -> Judgement {
    guard step.kind == Self.kind, step.hasValue, session.marks.resetReadBack.isSet,
      session.profile.transport == .mmio, step.queue >= 0
    else { return .silent }
    if let queue = session.queue(step.queue), queue.enabledAt.isSet { return .silent }
    guard step.value != 0 else { return .held }
    return .broken(
      "device returns \(hex(step.value)) in \(Self.register) of queue \(step.queue) after a reset",
      Evidence(session.marks.reset, "driver resets the device"),
      Evidence(session.marks.resetReadBack, "device returns status 0x00"))
  }

  func judge(_ step: Transaction, in session: Session) -> Judgement { judgeQueue(step, session) }
}
