/// A chain of a ring's history: made available, and perhaps used since.
public struct RingChain: Sendable, BitwiseCopyable {
  public var facts: ChainFacts
  /// When the driver made it available; where `isTimed` is false, when that was found in memory.
  public var exposedAt: RecordReference
  /// The moment of `exposedAt` is known: it does not come from a snapshot.
  public var isTimed = true
  /// When the device used it; `none` while it is outstanding.
  public var usedAt: RecordReference = .none
  /// The length that the device gave when it used it.
  public var usedLength: UInt32 = 0
  /// How many chains of the queue were made available before this one.
  public var order: UInt64
  /// How many chains the device had used with this one; 0 while it is outstanding.
  var usedOrder: UInt64 = 0
  /// The device owns it.
  public var isOutstanding = true
  /// Neighbours among the outstanding ones, in order of `order`; -1 none.
  var before: Int32 = -1
  var after: Int32 = -1

  /// Nanoseconds from available to used, where `step` uses the chain; nil where a snapshot does not
  /// tell when either happened.
  public func latency(to step: Transaction) -> Int64? {
    guard isTimed, !step.traits.contains(.fromSnapshot) else { return nil }
    let time = step.reference.time &- exposedAt.time
    return time >= 0 ? time : nil
  }
}
