/// What is wrong with the text of a filter: where, what was expected, and what stands there.
public struct QueryProblem: Error, Sendable, Equatable, CustomStringConvertible {
  /// Where the mistake begins, in characters from 1; one past the end where something is missing.
  public var column: Int
  /// How many characters it covers; 0 at the end.
  public var length: Int
  /// What would have been right, such as `a field`.
  public var expected: String
  /// What stands there; empty at the end.
  public var found: String
  /// The name that was probably meant.
  public var suggestion: String?

  /// Whether the text may become right by going on: nothing is wrong but that it ends.
  public var isIncomplete: Bool { length == 0 }

  public var description: String {
    let what = found.isEmpty ? "the filter ends" : "found '\(found)'"
    let hint = suggestion.map { "; did you mean '\($0)'?" } ?? ""
    return "column \(column): expected \(expected), \(what)\(hint)"
  }

  /// The filter with the place marked below it, in two lines.
  public func marked(in text: String) -> String {
    let shown = String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
    let mark = "^" + String(repeating: "~", count: max(0, length - 1))
    return "  \(shown)\n  \(String(repeating: " ", count: max(0, column - 1)))\(mark)"
  }
}
