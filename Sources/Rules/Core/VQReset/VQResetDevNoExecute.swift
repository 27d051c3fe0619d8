import Model

/// A device does nothing with a queue that was reset.
///
/// Spec: 2.6.1.1.1
struct VQResetDevNoExecute: Rule {
  static let id = "core.vq-reset.dev-no-execute"
  var tally = Tally()
  private var watch = QueueResetWatch()

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .endedRingWritten else {
      watch.apply(step)
      return .silent
    }
    guard let reset = watch.finished(step.queue) else { return .silent }
    return .broken(
      "device writes to the rings of queue \(step.queue) at \(hex(step.value)) after their reset",
      Evidence(reset.asked, "driver resets queue \(step.queue)"),
      Evidence(reset.done, "device says that the reset is done"))
  }
}
