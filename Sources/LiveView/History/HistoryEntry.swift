public import Model

/// One transaction as the history keeps it: plain values, from which its text is made when it is
/// shown.
public struct HistoryEntry: Sendable, BitwiseCopyable {
  public var step: Transaction
  /// Number of the device, and of its session.
  public var device: Int32
  public var session: Int32
  /// Place of what is told of a chain in the notes of the chunk; -1 none.
  var note: Int32 = -1
  public var isLegacy: Bool
  /// Place of how the session stood in the situations of the chunk.
  var situation: Int32 = -1
}

/// What a step tells of a chain beside its own values.
enum ChainNote: Sendable {
  /// The chain that a used buffer ends.
  case ended(RingChain)
  /// The chain that is made available.
  case told(ToldChain)
}
