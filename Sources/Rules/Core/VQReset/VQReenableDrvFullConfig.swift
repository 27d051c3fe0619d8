import Model
import VirtioSpec

/// A driver configures a queue that it enables again as completely as the first time.
///
/// Traps: the size may stay the maximum, and a vector is of no use with a wired interrupt.
///
/// Spec: 2.6.1.2.2
struct VQReenableDrvFullConfig: Rule {
  static let id = "core.vq-reenable.drv-full-config"
  var tally = Tally()
  /// The queue whose addresses were written last, and which of the three.
  private var queue: Int32 = -1
  private var areas: UInt32 = 0

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    switch step.kind {
    case .writeQueueReset where step.queue == queue: areas = 0
    case .writeQueueAddress:
      if step.queue != queue { areas = 0 }
      queue = step.queue
      areas |= 1 << min(step.index, 2)
    case .writeQueueEnable where step.hasValue && step.value != 0:
      guard let reset = session.queue(step.queue), reset.resetDone.isSet else { return .silent }
      let written = step.queue == queue ? areas : 0
      guard written != 7 else { return .held }
      let missing = (0..<3).filter { written >> UInt32($0) & 1 == 0 }
        .map { ["descriptor", "driver", "device"][$0] }
      return .broken(
        "driver enables queue \(step.queue) again without the address of its "
          + "\(missing.joined(separator: ", ")) area",
        Evidence(reset.resetWrite, "driver resets queue \(step.queue)"))
    default: break
    }
    return .silent
  }
}
