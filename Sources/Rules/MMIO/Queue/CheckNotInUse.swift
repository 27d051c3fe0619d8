import Model
import VirtioSpec

/// A driver that reads QueueReady as 1 does not set the queue up.
///
/// Traps: the read is a step of a typical procedure that no keyword demands, and after a reset its
/// answer is known; so only a driver that asked and went on all the same is blamed.
///
/// Spec: 4.2.3.2; 4.2.4 for QueuePFN
struct CheckNotInUse: QueueNotInUse {
  static let id = "mmio.queue.check-not-in-use"
  static let kind = Transaction.Kind.readQueueEnable
  static let register = "QueueReady"
  var tally = Tally()
  var inUse: [Int32] = []
  var shown = RecordReference.none
}

/// A rule that a driver which sees a queue in use does not set it up.
protocol QueueNotInUse: Rule {
  /// The read that tells, and the register.
  static var kind: Transaction.Kind { get }
  static var register: String { get }
  /// Queues that were last read as in use, and where.
  var inUse: [Int32] { get set }
  var shown: RecordReference { get set }
}

extension QueueNotInUse {
  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.profile.transport == .mmio, step.queue >= 0 else { return .silent }
    switch step.kind {
    case Self.kind:
      inUse.removeAll { $0 == step.queue }
      // What this driver made ready itself is in use by itself.
      guard step.hasValue, step.value != 0, session.queue(step.queue)?.isEnabled != true else {
        return step.value == 0 ? .held : .silent
      }
      if inUse.count < 64 { inUse.append(step.queue) }
      shown = step.reference
    case .writeQueueEnable where step.value == 0, .writeQueuePFN where step.value == 0:
      inUse.removeAll { $0 == step.queue }
    case .writeQueueReset: inUse.removeAll { $0 == step.queue }
    case .writeQueueSize, .writeQueueAddress, .writeQueueAlign, .writeQueueEnable, .writeQueuePFN:
      guard inUse.contains(step.queue) else { return .silent }
      inUse.removeAll { $0 == step.queue }
      return .broken(
        "driver sets up queue \(step.queue) although \(Self.register) shows it in use",
        Evidence(shown, "\(Self.register) is not 0"))
    default: break
    }
    return .silent
  }
}
