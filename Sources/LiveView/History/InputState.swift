/// How far the input is.
public struct InputState: Sendable, Equatable {
  /// Bytes that were read, and how many there are; 0 where nobody knows.
  public var done: UInt64 = 0
  public var total: UInt64 = 0
  public var hasEnded = false
  /// What was wrong with it; empty for nothing.
  public var problems: [String] = []
  public var placesAreLines = false
  /// Events that the recorder lost.
  public var lost: UInt64 = 0
  /// It lost some that it did not count.
  public var isLostUnknown = false
  /// States of devices are all that is seen.
  public var hasNoRecords = false
  /// The recording holds memory records.
  public var hasMemory = false

  public init() {}
}
