import Terminal

/// A line that is being typed.
public struct LineInput: Sendable, Equatable {
  public private(set) var scalars: [Unicode.Scalar] = []
  public private(set) var cursor = 0

  static var limit: Int { 1024 }

  init(_ text: String = "") {
    scalars = Array(text.unicodeScalars.prefix(Self.limit))
    cursor = scalars.count
  }

  var text: String {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    return text
  }

  /// The text before the cursor.
  var head: String {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars[..<cursor])
    return text
  }

  /// Takes a key that edits; false for any other.
  mutating func take(_ key: Key) -> Bool {
    switch key {
    case .character(let scalar):
      guard scalars.count < Self.limit else { return true }
      scalars.insert(scalar, at: cursor)
      cursor += 1
    case .backspace where cursor > 0:
      cursor -= 1
      scalars.remove(at: cursor)
    case .delete where cursor < scalars.count: scalars.remove(at: cursor)
    case .left: cursor = max(cursor - 1, 0)
    case .right: cursor = min(cursor + 1, scalars.count)
    case .home, .control("a"): cursor = 0
    case .end, .control("e"): cursor = scalars.count
    case .control("u"): self = LineInput()
    case .control("w"): removeWord()
    case .backspace, .delete: break
    default: return false
    }
    return true
  }

  private mutating func removeWord() {
    while cursor > 0, scalars[cursor - 1] == " " { removeBefore() }
    while cursor > 0, scalars[cursor - 1] != " " { removeBefore() }
  }

  private mutating func removeBefore() {
    cursor -= 1
    scalars.remove(at: cursor)
  }

  /// Puts `text` in place of the last `count` scalars before the cursor.
  mutating func complete(_ text: String, replacing count: Int) {
    let start = max(cursor - count, 0)
    scalars.replaceSubrange(start..<cursor, with: text.unicodeScalars)
    cursor = start + text.unicodeScalars.count
  }
}
