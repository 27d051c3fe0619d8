/// What has to be the same in two recordings for a step to be the same: no address, time, record or
/// count is in it.
public struct StepKey: Sendable, BitwiseCopyable, Hashable {
  public var topic: Topic
  /// The value was captured.
  public var isKnown = true
  /// The device rejected the command (CCW).
  public var isRejected = false
  public var queue: Int32 = -1
  /// Feature word, offset in the device configuration, register, code: per topic.
  public var index: UInt32 = 0
  /// The value; of feature sets bits 0 to 63, of queue areas a bit an area.
  public var value: UInt64 = 0
  /// Feature bits 64 to 127.
  public var high: UInt64 = 0
  /// The bits of `value` and of `high` that accesses covered.
  public var mask: UInt64 = .max
  public var highMask: UInt64 = .max

  init(_ topic: Topic, queue: Int32 = -1, index: UInt32 = 0, value: UInt64 = 0) {
    self.topic = topic
    self.queue = queue
    self.index = index
    self.value = value
  }

  /// What the step is about, whatever its value.
  var place: StepPlace { StepPlace(topic: topic, queue: queue, index: index) }

  /// What a step that writes the same thing is about.
  var writtenPlace: StepPlace { StepPlace(topic: topic.written, queue: queue, index: index) }

  /// The recording does not tell what exactly this is about.
  var isVague: Bool { !isKnown && (queue < 0 || index == .max) }

  /// A set of features.
  var isFeatureSet: Bool { topic == .offered || topic == .accepted }

  /// The values agree as far as both are known.
  func agrees(with other: StepKey) -> Bool {
    guard isKnown, other.isKnown else { return true }
    let both = mask & other.mask
    let bothHigh = highMask & other.highMask
    return isRejected == other.isRejected && (value ^ other.value) & both == 0
      && (high ^ other.high) & bothHigh == 0
  }
}

/// What a step is about.
struct StepPlace: Sendable, BitwiseCopyable, Hashable {
  var topic: Topic
  var queue: Int32
  var index: UInt32
}
