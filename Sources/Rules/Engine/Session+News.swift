import Model
import VirtioSpec

extension Session {
  /// Whether a step of those that a running device makes by the million is one that rules have to
  /// judge; what they remember of the rest is in the session.
  ///
  /// Inlined, as are those below, because a session handed on would be copied for every step.
  @inline(__always)
  func hasNews(_ step: Transaction) -> Bool {
    switch step.kind {
    case .readISR: hasNews(read: step)
    case .acknowledgeInterrupt: hasNews(acknowledgement: step)
    case .interrupt:
      step.index == 1 || step.index == 2 && profile.transport == .ccw || !marks.driverOK.isSet
        || suspension.isActive || queueResets > 0
    case .buffersTaken, .buffersUsed: queueResets > 0
    case .readConfigGeneration:
      generation.isStale || !generation.read.isSet || !step.hasValue
        || generation.value != step.value
    default: true
    }
  }

  @inline(__always)
  private func hasNews(read step: Transaction) -> Bool {
    profile.transport == .mmio
      && (step.traits.contains(.wrongWidth) || events.vanished != 0 || !marks.driverOK.isSet)
  }

  @inline(__always)
  private func hasNews(acknowledgement step: Transaction) -> Bool {
    guard profile.transport == .mmio else { return false }
    return step.traits.contains(.wrongWidth) || events.vanished != 0
      || !events.firstAcknowledgement.isSet || !step.hasValue || events.shown & ~3 != 0
      || step.value & ~UInt64(events.shown) != 0
  }
}
