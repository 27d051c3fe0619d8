/// Where a YAML text is not what it should be, and why.
public struct YAMLProblem: Error, Sendable, Equatable, CustomStringConvertible {
  public var mark: YAMLMark
  /// Lower case, no final period.
  public var text: String

  public init(_ text: String, at mark: YAMLMark) {
    self.mark = mark
    self.text = text
  }

  /// `3:7: text`, as a compiler writes a place behind a file's name.
  public var description: String { "\(mark.line):\(mark.column): \(text)" }
}
