import Model
import VirtioSpec

/// A device sets the indicator of a queue before the classic interrupt that tells of its used
/// buffers.
///
/// Judged where the recording shows this device setting indicators, and its used buffers. Traps:
/// the driver may have cleared the bit before the interrupt came, so that only one that was never
/// set since the last interrupt counts; a change of the configuration needs none; where the driver
/// set up adapter indicators, such an interrupt is about no queue.
///
/// Spec: 4.3.3.1.1
struct DevQueueBit: Rule {
  static let id = "ccw.irq.dev-queue-bit"
  var tally = Tally()
  private var used = RecordReference.none
  private var usedQueue: Int32 = -1
  private var isSet = false
  private var isConfigSet = false
  private var seesIndicators = false
  private var usesAdapter = false

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    switch step.kind {
    case .bufferUsed where !step.traits.contains(.fromSnapshot):
      used = step.reference
      usedQueue = step.queue
    case .interrupt where step.index == 0:
      isSet = true
      seesIndicators = true
    case .interrupt where step.index == 1: isConfigSet = true
    case .setAdapterIndicators where step.isAccepted: usesAdapter = step.value != 0
    case .ccwInterrupt where step.index == CCWInterrupt.classic.rawValue:
      return judge(interrupt: step)
    default: break
    }
    return .silent
  }

  private mutating func judge(interrupt step: Transaction) -> Judgement {
    defer {
      used = .none
      isSet = false
      isConfigSet = false
    }
    if usesAdapter { return .silent }
    if isSet { return .held }
    guard !isConfigSet, step.value == 0, step.mask & 1 == 0 else { return .silent }
    guard used.isSet else { return .undecidable(.noRingMemory) }
    guard seesIndicators else { return .undecidable(.causeNotRecorded) }
    return .broken(
      "device interrupts for queue \(usedQueue) without setting its indicator",
      Evidence(used, "device uses a buffer of queue \(usedQueue)"))
  }
}
