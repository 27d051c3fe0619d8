import Policies

/// Reads the tokens of a filter.
///
///     filter     = and { ("||" | "or") and }
///     and        = not { ("&&" | "and") not }
///     not        = ("!" | "not") not | "(" filter ")" | comparison
///     comparison = operand [ operator value | "in" set ]
///     operand    = field [ "&" flags ] | "(" operand ")"
///     set        = "{" value [ ".." value ] { "," value [ ".." value ] } "}"
struct QueryParser {
  let tokens: [QueryToken]
  var place = 0
  private(set) var nodes: [Query.Node] = []
  private(set) var tests: [QueryTest] = []
  private var depth = 0
  /// What could stand where the text ends.
  var expectation = QueryExpectation.start

  init(tokens: [QueryToken]) { self.tokens = tokens }

  var token: QueryToken { tokens[min(place, tokens.count - 1)] }

  /// Reads the whole; returns the node to begin with.
  mutating func parse() throws(QueryProblem) -> Int {
    let root = try parseOr()
    guard token.kind == .end else { throw fail(expectedAfterTest) }
    return root
  }

  private mutating func parseOr() throws(QueryProblem) -> Int {
    var left = try parseAnd()
    while takeSign("||") || takeWord("or") {
      left = add(.or(left, try parseAnd()))
    }
    return left
  }

  private mutating func parseAnd() throws(QueryProblem) -> Int {
    var left = try parseNot()
    while takeSign("&&") || takeWord("and") {
      left = add(.and(left, try parseNot()))
    }
    return left
  }

  private mutating func parseNot() throws(QueryProblem) -> Int {
    expectation = .start
    guard depth < Query.depthLimit else {
      throw fail("a filter that is nested at most \(Query.depthLimit) deep")
    }
    depth += 1
    defer { depth -= 1 }
    if takeSign("!") || takeWord("not") { return add(.not(try parseNot())) }
    guard takeSign("(") else { return try parseTest() }
    let inner = try parseOr()
    guard takeSign(")") else { throw fail("\(expectedAfterTest) or )") }
    return try parseComparison(behind: inner)
  }

  /// A comparison of what stood in parentheses, where that was an operand: `(status & 6) == 6`.
  private mutating func parseComparison(behind inner: Int) throws(QueryProblem) -> Int {
    expectation = .connective
    guard case .test(let number) = nodes[inner], tests[number].form == .present,
      tests[number].field.kind != .mark, number == tests.count - 1
    else { return inner }
    var test = tests[number]
    try parseComparison(&test, allowsMask: test.mask == nil)
    tests[number] = test
    return inner
  }

  private mutating func parseTest() throws(QueryProblem) -> Int {
    let name = token
    guard name.kind == .word, let field = QueryField.named(name.text) else {
      throw fail("a field", names: name.kind == .word ? QueryField.allCases.map(\.name) : [])
    }
    guard tests.count < Query.testLimit else {
      throw fail("at most \(Query.testLimit) comparisons")
    }
    place += 1
    var test = QueryTest(field: field)
    try parseComparison(&test, allowsMask: true)
    tests.append(test)
    return add(.test(tests.count - 1))
  }

  private mutating func parseComparison(
    _ test: inout QueryTest, allowsMask: Bool
  ) throws(QueryProblem) {
    let field = test.field
    expectation = .operator(field)
    if token.isSign("&") {
      guard allowsMask, field.operators.contains("&") else { throw fail(operators(of: field)) }
      place += 1
      test.mask = try parseFlags(of: field)
      expectation = .operator(field)
    }
    switch takeOperator() {
    case .none: break
    case .membership: try parseSet(into: &test)
    case .comparison(let form): try parseValue(form, into: &test)
    }
  }

  private enum Operator {
    case none
    case membership
    case comparison(QueryTest.Form)
  }

  private mutating func parseValue(
    _ form: QueryTest.Form, into test: inout QueryTest
  ) throws(QueryProblem) {
    test.form = form
    guard permits(form, test.field) else {
      place -= 1
      throw fail(operators(of: test.field))
    }
    try parseValue(into: &test)
    expectation = .connective
  }

  private mutating func parseSet(into test: inout QueryTest) throws(QueryProblem) {
    guard test.field.operators.contains("in") else {
      place -= 1
      throw fail(operators(of: test.field))
    }
    test.form = .equal
    expectation = .set(test.field)
    guard takeSign("{") else { throw fail("{ and a set of values") }
    repeat { try parseValue(into: &test, allowsRange: true) } while takeSign(",")
    expectation = .setEnd
    guard takeSign("}") else { throw fail(", or }") }
    expectation = .connective
  }

  private mutating func takeOperator() -> Operator {
    guard token.kind == .sign || token.kind == .word else { return .none }
    if takeWord("in") { return .membership }
    guard let form = Self.forms[token.text] else { return .none }
    place += 1
    return .comparison(form)
  }

  private static let forms: [String: QueryTest.Form] = [
    "==": .equal, "eq": .equal, "!=": .notEqual, "ne": .notEqual, "<": .less, "lt": .less,
    "<=": .lessOrEqual, "le": .lessOrEqual, ">": .greater, "gt": .greater,
    ">=": .greaterOrEqual, "ge": .greaterOrEqual, "contains": .contains, "matches": .matches,
    "~": .matches,
  ]

  private func permits(_ form: QueryTest.Form, _ field: QueryField) -> Bool {
    switch form {
    case .equal, .notEqual: field.kind != .mark
    case .less, .lessOrEqual, .greater, .greaterOrEqual: field.isOrdered
    case .contains, .matches: field.kind == .text
    case .present: true
    }
  }

  // MARK: helpers

  private mutating func add(_ node: Query.Node) -> Int {
    nodes.append(node)
    return nodes.count - 1
  }

  mutating func takeSign(_ sign: String) -> Bool {
    guard token.isSign(sign) else { return false }
    place += 1
    return true
  }

  private mutating func takeWord(_ word: String) -> Bool {
    guard token.isWord(word) else { return false }
    place += 1
    return true
  }

  /// What may follow where the filter could end.
  private var expectedAfterTest: String {
    guard case .operator(let field) = expectation else { return "&& or ||" }
    return "&&, || or \(operators(of: field))"
  }

  private func operators(of field: QueryField) -> String {
    field.operators.isEmpty
      ? "&& or || (\(field.name) is true or false)"
      : "one of \(field.operators.joined(separator: " ")) behind \(field.name)"
  }

  /// The problem of the token at hand.
  func fail(_ expected: String, names: [String] = []) -> QueryProblem {
    let token = token
    return QueryProblem(
      column: token.start + 1, length: token.length, expected: expected, found: token.text,
      suggestion: names.isEmpty ? nil : NearestName.find(token.text, among: names))
  }
}
