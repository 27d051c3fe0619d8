/// What a screen tells of.
public enum TerminalEvent: Hashable, Sendable {
  case key(Key)
  case resize
  /// The process was asked to end, by this signal.
  case terminate(Int32)
  /// The terminal is gone.
  case closed
}
