import Model
import VirtioSpec

/// A device that says that the reset of a queue is done uses nothing of it any more.
///
/// Traps: a reset that still runs; a queue that was enabled again.
///
/// Spec: 4.1.4.3.1
struct PCICommonDevQresetActs: Rule {
  static let id = "pci.common.dev-qreset-acts"
  var tally = Tally()
  private var done = QueueMarks()

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.profile.transport == .pci, session.hasResetQueue else { return .silent }
    switch step.kind {
    case .readQueueReset:
      guard step.hasValue, step.value & 1 == 0, let queue = session.queue(step.queue),
        !queue.isEnabled, queue.disabledAt.isSet
      else { return .silent }
      done[step.queue] = step.reference
      return .held
    case .buffersUsed, .buffersTaken:
      guard let reset = done[step.queue], session.queue(step.queue)?.isEnabled == false else {
        return .silent
      }
      let deed = step.kind == .buffersUsed ? "uses" : "takes"
      return .broken(
        "device \(deed) buffers of queue \(step.queue) after it finished the reset of the queue",
        Evidence(reset, "device returns queue_reset 0"))
    default: return .silent
    }
  }
}
