/// Where a JSON text is not what it should be, and why.
public struct JSONProblem: Error, Equatable, Sendable, CustomStringConvertible {
  /// Line and column in bytes, from 1.
  public var line: Int
  public var column: Int
  /// What was expected and what was found; lower case, no final period.
  public var text: String

  init(at offset: Int, in bytes: [UInt8], text: String) {
    let before = bytes.prefix(offset)
    line = 1 + before.count { $0 == 0x0a }
    let start = before.lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
    column = 1 + min(offset, bytes.count) - start
    self.text = text
  }

  public var description: String { "line \(line), column \(column): \(text)" }
}
