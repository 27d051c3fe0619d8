import Model

/// Addresses of a queue on their way to one step: 64-bit registers, and their halves.
struct AreaMerge: Sendable {
  private(set) var queue: Int32
  private var areas: UInt64 = 0
  private var step: ComparedStep

  init(_ step: Transaction) {
    queue = step.queue
    self.step = ComparedStep(StepKey(.queueAreas, queue: step.queue), at: step.reference)
    self.step.count = 0
    take(step)
  }

  mutating func take(_ step: Transaction) {
    areas |= 1 << UInt64(min(step.index, 2))
    self.step.last = step.reference
    self.step.count &+= 1
    if !step.hasValue { self.step.key.isKnown = false }
  }

  var whole: ComparedStep {
    var whole = step
    whole.key.value = areas
    return whole
  }
}
