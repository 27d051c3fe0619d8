/// One thing in which two recordings differ.
public struct Difference: Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    /// The same step with another value.
    case value
    /// Another set of features.
    case features
    /// A step or an occasion that only GOOD has.
    case missing
    /// One that only BAD has.
    case extra
    /// The same step, earlier or later.
    case order
  }

  public var kind: Kind
  public var good: ComparedStep?
  public var bad: ComparedStep?
  /// Where it stands among the columns of its life, twice; odd numbers are columns, an even one lies
  /// before the column.
  var place: Int

  init(_ kind: Kind, _ good: ComparedStep?, _ bad: ComparedStep?, place: Int) {
    self.kind = kind
    self.good = good
    self.bad = bad
    self.place = place
  }

  /// What it is about.
  public var topic: Topic { good?.key.topic ?? bad?.key.topic ?? .reset }

  /// The device acted otherwise, not the driver: it answered a read with another value, or did not do
  /// what it does of its own accord.
  public var isOfDevice: Bool {
    topic.isOfDevice || topic.isRead && (kind == .value || kind == .features)
  }
}

/// One line of the comparison of two lives: a step of either side, or of both.
public struct ComparedLine: Sendable {
  public var good: ComparedStep?
  public var bad: ComparedStep?
  /// Number of the difference that this is, nil where the lives agree.
  public var difference: Int?
}
