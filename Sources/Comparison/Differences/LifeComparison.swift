/// Two lives of a device side by side.
public struct LifeComparison: Sendable {
  /// Number of the session in either recording; nil where the other has no such life.
  public var good: ComparedLife?
  public var bad: ComparedLife?
  /// Steps and occasions of both in the order of the alignment.
  public internal(set) var lines: [ComparedLine] = []
  public internal(set) var differences: [Difference] = []
  /// Steps that both have.
  public internal(set) var sameCount = 0
  /// What could not be compared, in words.
  public internal(set) var remarks: [String] = []
  /// One of the lives ends earlier than the other, with steps left.
  public internal(set) var endsEarly: Side?

  /// One of the two recordings.
  public enum Side: Sendable {
    case good
    case bad
  }

  /// Whether the lives are the same as far as they can be compared.
  public var isSame: Bool { good != nil && bad != nil && differences.isEmpty }

  init(good: ComparedLife?, bad: ComparedLife?) {
    self.good = good
    self.bad = bad
  }
}
