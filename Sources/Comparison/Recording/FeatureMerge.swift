import Model

/// Feature words on their way to one step.
struct FeatureMerge: Sendable {
  private var set = FeatureSet()
  private var first = RecordReference.none
  private var last = RecordReference.none
  private var count: UInt64 = 0
  private var isKnown = true
  private var told: StepKey?

  /// Takes what one access showed of the set.
  mutating func take(_ step: Transaction) {
    if count == 0 { first = step.reference }
    last = step.reference
    count &+= 1
    if step.hasValue {
      set.update(word: step.index, value: step.value, mask: step.mask)
    } else {
      isKnown = false
    }
  }

  /// The step that the accesses since the last one make, nil when there were none.
  ///
  /// - Parameter unlessKnown: also nil where they showed what an earlier step had shown.
  mutating func flush(_ topic: Topic, unlessKnown: Bool) -> ComparedStep? {
    guard count > 0 else { return nil }
    defer { count = 0 }
    var key = StepKey(topic, value: set.low)
    key.high = set.high
    key.mask = set.knownLow
    key.highMask = set.knownHigh
    key.isKnown = isKnown
    isKnown = true
    guard !unlessKnown || key != told else { return nil }
    told = key
    var step = ComparedStep(key, at: first)
    step.last = last
    step.count = count
    return step
  }
}
