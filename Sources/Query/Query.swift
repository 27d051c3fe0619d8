/// A filter: a question about steps and findings, compiled.
///
/// `docs/filter.md` describes the language. A value asks nothing by itself; `QueryRun` does.
public struct Query: Sendable {
  /// The text as given.
  public let text: String
  let nodes: [Node]
  /// The node to begin with.
  let root: Int
  let tests: [QueryTest]

  /// A part of the filter; numbers are places in `nodes` and `tests`.
  enum Node: Sendable, BitwiseCopyable {
    case test(Int)
    case not(Int)
    case and(Int, Int)
    case or(Int, Int)
  }

  /// Comparisons that a filter may have, and how deep it may be nested.
  static var testLimit: Int { 256 }
  static var depthLimit: Int { 64 }

  /// Reads the text of a filter.
  public init(_ text: String) throws(QueryProblem) {
    var parser = QueryParser(tokens: try QueryLexer.tokens(of: text))
    root = try parser.parse()
    self.text = text
    nodes = parser.nodes
    tests = parser.tests
  }

  /// Whether the answer depends on what rules say of a record.
  public var asksForFindings: Bool { tests.contains { $0.field.isOfFinding } }
}
