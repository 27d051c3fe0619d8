/// A place in a YAML text: line and column, from 1.
public struct YAMLMark: Sendable, Hashable {
  public var line: Int
  /// In characters, not in bytes.
  public var column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}
