/// A chain of a ring's history: made available, and perhaps used since.
public struct RingChain: Sendable, BitwiseCopyable {
  public var facts: ChainFacts
  /// When the driver made it available.
  public var exposedAt: RecordReference
  /// When the device used it; `none` while it is outstanding.
  public var usedAt: RecordReference = .none
  /// The length that the device gave when it used it.
  public var usedLength: UInt32 = 0
  /// How many chains of the queue were made available before this one.
  public var order: UInt64
  /// The device owns it.
  public var isOutstanding = true
  /// Neighbours among the outstanding ones, in order of `order`; -1 none.
  var before: Int32 = -1
  var after: Int32 = -1
}
