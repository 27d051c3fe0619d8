import Foundation

/// Lays a structure of a C header out as a compiler would.
struct CStructure {
  /// A member that is no structure itself.
  struct Leaf: Equatable {
    let name: String
    let offset: Int
    let width: Int
    let count: Int
  }

  struct Failure: Error { let reason: String }

  private(set) var leaves: [Leaf] = []
  private(set) var size = 0
  private(set) var alignment = 1

  /// Lays out `struct name` of a header.
  init(_ name: String, in text: String, constants: [String: Int]) throws {
    let pattern = "struct\\s+\(name)\\s*\\{"
    guard let range = text.range(of: pattern, options: .regularExpression) else {
      throw Failure(reason: "no struct \(name)")
    }
    var tokens = Tokens(String(text[range.upperBound...]))
    self = try Self.body(&tokens, isUnion: false, text: text, constants: constants)
  }

  private init() {}

  /// What lies between braces, and whether the structure is packed after them.
  private static func body(
    _ tokens: inout Tokens, isUnion: Bool, text: String, constants: [String: Int]
  ) throws -> CStructure {
    var members: [(name: String, type: CStructure, count: Int)] = []
    while tokens.next != "}" {
      let type = try type(&tokens, text: text, constants: constants)
      repeat {
        if tokens.next == "," { tokens.take() }
        let name = tokens.next == ";" ? "" : tokens.take()
        var count = 1
        while tokens.next == "[" {
          tokens.take()
          let bound = tokens.take()
          // A flexible array takes no room.
          if bound == "]" {
            count = 0
            continue
          }
          count *= CHeader.number(bound) ?? constants[bound] ?? 0
          tokens.take()
        }
        members.append((name, type, count))
      } while tokens.next == ","
      tokens.take()
    }
    tokens.take()
    let packed = tokens.next == "__attribute__"
    if packed { while tokens.take() != "packed" {} }
    while packed, tokens.next == ")" { tokens.take() }
    return CStructure(members, isUnion: isUnion, packed: packed)
  }

  private init(
    _ members: [(name: String, type: CStructure, count: Int)], isUnion: Bool, packed: Bool
  ) {
    var end = 0
    for (name, type, count) in members {
      let step = packed ? 1 : type.alignment
      let start = isUnion ? 0 : (end + step - 1) / step * step
      for leaf in type.leaves {
        let path = [name, leaf.name].filter { !$0.isEmpty }.joined(separator: ".")
        leaves.append(
          Leaf(
            name: path, offset: start + leaf.offset, width: leaf.width,
            count: leaf.count * count))
      }
      end = max(end, start + type.size * count)
      alignment = max(alignment, step)
    }
    size = (end + alignment - 1) / alignment * alignment
  }

  private static func type(
    _ tokens: inout Tokens, text: String, constants: [String: Int]
  ) throws -> CStructure {
    var word = tokens.take()
    while ["const", "unsigned"].contains(word) { word = tokens.take() }
    guard word == "struct" || word == "union" else {
      let digits = word == "char" ? "8" : word.filter(\.isNumber)
      guard let bits = Int(digits) else { throw Failure(reason: "type \(word)") }
      var scalar = CStructure()
      scalar.size = bits / 8
      scalar.alignment = bits / 8
      scalar.leaves = [Leaf(name: "", offset: 0, width: bits / 8, count: 1)]
      return scalar
    }
    var name = ""
    if tokens.next != "{" { name = tokens.take() }
    guard tokens.next == "{" else {
      return try CStructure(name, in: text, constants: constants)
    }
    tokens.take()
    return try body(&tokens, isUnion: word == "union", text: text, constants: constants)
  }

  /// Words and punctuation of C, one after the other.
  private struct Tokens {
    private var rest: [String]

    init(_ text: String) {
      var words: [String] = []
      var word = ""
      for character in text.prefix(20_000) {
        if character.isLetter || character.isNumber || character == "_" {
          word.append(character)
          continue
        }
        if !word.isEmpty { words.append(word) }
        word = ""
        if !character.isWhitespace { words.append(String(character)) }
      }
      rest = words.reversed()
    }

    var next: String { rest.last ?? "}" }

    @discardableResult mutating func take() -> String { rest.popLast() ?? "packed" }
  }
}
