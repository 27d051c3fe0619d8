/// A pattern of paths: `*` is any text without a slash, `**` any text, `?` one byte that is no
/// slash.
///
/// A pattern without a slash is compared with the last component, any other with the whole path.
public struct Glob: Sendable, Hashable {
  public var text: String

  public init(_ text: String) { self.text = text }

  private static var star: UInt8 { UInt8(ascii: "*") }
  private static var slash: UInt8 { UInt8(ascii: "/") }

  /// Whether `path` is meant.
  public func matches(_ path: String) -> Bool {
    let pattern = Array(text.utf8)
    guard !pattern.contains(Self.slash) else { return Self.match(pattern, Array(path.utf8)) }
    let name = path.utf8.split(separator: Self.slash).last.map { Array($0) } ?? []
    return Self.match(pattern, name)
  }

  /// Step by step over the text, with every place of the pattern that could stand there: no
  /// pattern takes longer than its length times that of the text.
  private static func match(_ pattern: [UInt8], _ text: [UInt8]) -> Bool {
    var places = skipStars(from: [true] + Array(repeating: false, count: pattern.count), pattern)
    for byte in text {
      var next = Array(repeating: false, count: pattern.count + 1)
      for place in pattern.indices where places[place] {
        switch pattern[place] {
        case star:
          let isAny =
            place > 0 && pattern[place - 1] == star
            || place + 1 < pattern.count && pattern[place + 1] == star
          if isAny || byte != slash { next[place] = true }
        case UInt8(ascii: "?"):
          if byte != slash { next[place + 1] = true }
        default:
          if pattern[place] == byte { next[place + 1] = true }
        }
      }
      places = skipStars(from: next, pattern)
    }
    return places[pattern.count]
  }

  /// A star may stand for nothing.
  private static func skipStars(from places: [Bool], _ pattern: [UInt8]) -> [Bool] {
    var places = places
    for place in pattern.indices where places[place] && pattern[place] == star {
      places[place + 1] = true
    }
    return places
  }
}
