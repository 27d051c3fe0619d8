/// Cuts the text of a filter into tokens.
struct QueryLexer {
  private let characters: [Character]
  private var place = 0
  private var tokens: [QueryToken] = []
  /// Where a text begins that is not closed.
  private var openStart: Int?

  /// Characters that a filter may have.
  static var lengthLimit: Int { 4096 }

  private init(_ text: String) { characters = Array(text.prefix(Self.lengthLimit + 1)) }

  /// The tokens of `text`; the last one is the end.
  static func tokens(of text: String) throws(QueryProblem) -> [QueryToken] {
    var lexer = QueryLexer(text)
    guard lexer.characters.count <= lengthLimit else {
      throw QueryProblem(
        column: lengthLimit + 1, length: 1, expected: "at most \(lengthLimit) characters",
        found: "more")
    }
    try lexer.run()
    return lexer.tokens
  }

  /// The tokens before the text with which `prefix` ends and that is not closed, and what stands in
  /// that text; nil where there is none.
  static func openText(of prefix: String) -> (before: [QueryToken], inside: String)? {
    var lexer = QueryLexer(prefix)
    guard (try? lexer.run()) == nil, let start = lexer.openStart else { return nil }
    let end = QueryToken(kind: .end, text: "", start: start, length: 0)
    return (lexer.tokens + [end], String(lexer.characters[(start + 1)...]))
  }

  private mutating func run() throws(QueryProblem) {
    while place < characters.count {
      let character = characters[place]
      if character.isWhitespace {
        place += 1
      } else if character == "\"" || character == "'" {
        try takeString(character)
      } else if Self.isWord(character) {
        takeWord()
      } else {
        try takeSign()
      }
    }
    tokens.append(QueryToken(kind: .end, text: "", start: characters.count, length: 0))
  }

  /// What a word is made of: ids of devices and rules are words, and so are numbers.
  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "_.:@-".contains(character)
  }

  /// Takes a word. Two points are a sign, for they make a range.
  private mutating func takeWord() {
    let start = place
    if at(place, "..") { return append(.sign, "..", start, 2) }
    while place < characters.count, Self.isWord(characters[place]), !at(place, "..") { place += 1 }
    append(.word, String(characters[start..<place]), start, place - start)
  }

  private mutating func takeSign() throws(QueryProblem) {
    for sign in ["&&", "||", "==", "!=", "<=", ">="] where at(place, sign) {
      return append(.sign, sign, place, 2)
    }
    let sign = characters[place]
    guard "!<>&|(){},~".contains(sign) else {
      let hint = sign == "=" ? "==" : nil
      throw QueryProblem(
        column: place + 1, length: 1, expected: "a field, a value or an operator",
        found: String(sign), suggestion: hint)
    }
    append(.sign, String(sign), place, 1)
  }

  /// Takes a text in quotation marks. In double ones `\"` and `\\` stand for the second character,
  /// any other backslash for itself, so that patterns need not be written twice.
  private mutating func takeString(_ mark: Character) throws(QueryProblem) {
    let start = place
    var text = ""
    place += 1
    while place < characters.count, characters[place] != mark {
      if mark == "\"", characters[place] == "\\", place + 1 < characters.count,
        "\"\\".contains(characters[place + 1])
      {
        place += 1
      }
      text.append(characters[place])
      place += 1
    }
    guard place < characters.count else {
      openStart = start
      throw QueryProblem(
        column: characters.count + 1, length: 0,
        expected: "\(mark) to close the text that begins in column \(start + 1)", found: "")
    }
    place += 1
    tokens.append(QueryToken(kind: .string, text: text, start: start, length: place - start))
  }

  private func at(_ place: Int, _ sign: String) -> Bool {
    characters[place...].starts(with: sign)
  }

  private mutating func append(
    _ kind: QueryToken.Kind, _ text: String, _ start: Int, _ length: Int
  ) {
    tokens.append(QueryToken(kind: kind, text: text, start: start, length: length))
    place = start + length
  }
}
