/// A colour in the palette of 256, and the nearest of the first 16 for terminals with fewer.
public struct Color: Hashable, Sendable {
  /// The number in the palette of 256; -1 the terminal's own.
  public let index: Int16
  /// The number among the first 16, or -1.
  public let fallback: Int16

  public init(_ index: Int16, fallback: Int16) {
    self.index = index
    self.fallback = fallback
  }

  /// One of the first 16.
  public init(basic index: Int16) { self.init(index, fallback: index) }

  /// The terminal's own colour.
  public static let standard = Color(basic: -1)
  public static let black = Color(basic: 0)
  public static let red = Color(203, fallback: 9)
  public static let green = Color(113, fallback: 2)
  public static let yellow = Color(221, fallback: 11)
  public static let blue = Color(75, fallback: 12)
  public static let magenta = Color(176, fallback: 5)
  public static let cyan = Color(80, fallback: 6)
  public static let gray = Color(245, fallback: 8)
  public static let shade = Color(236, fallback: 8)
}
