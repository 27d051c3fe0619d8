import Model
import VirtioSpec

extension TrailRecorder {
  /// Notes the first way to the device, and that there was another one.
  mutating func takeInterface(_ step: Transaction) {
    guard let first = life.occasions.first(where: { $0.key.topic == .interface }) else {
      return note(StepKey(.interface, value: UInt64(step.interface.rawValue)), step)
    }
    guard first.key.value != UInt64(step.interface.rawValue) else { return }
    note(StepKey(.interface, index: 1, value: UInt64(step.interface.rawValue)), step)
  }

  /// Takes what is compared by whether it comes; false for other steps, and for some that do not
  /// count.
  mutating func takeOccasion(_ step: Transaction) -> Bool {
    switch step.kind {
    case .kick:
      let isEarly = !moment.status.contains(.driverOK)
      note(StepKey(isEarly ? .earlyKick : .kick, queue: step.queue), step)
    case .interrupt: takeInterrupt(step)
    case .readISR, .acknowledgeInterrupt:
      // Reading 0 is polling.
      guard step.hasValue else { return true }
      let topic = step.kind == .readISR ? Topic.interruptStatus : .interruptAck
      for bit in 0..<2 as Range<UInt32> where step.value >> UInt64(bit) & 1 == 1 {
        note(StepKey(topic, index: bit), step)
      }
    case .bufferAvailable: note(StepKey(.buffersAvailable, queue: step.queue), step)
    case .bufferUsed, .buffersUsed: note(StepKey(.buffersUsed, queue: step.queue), step)
    default: return false
    }
    return true
  }

  private mutating func takeInterrupt(_ step: Transaction) {
    switch step.index {
    case 0 where step.queue >= 0: note(StepKey(.queueInterrupt, queue: step.queue), step)
    case 1: note(StepKey(.configInterrupt), step)
    default: life.hasVagueInterrupts = true
    }
  }
}
