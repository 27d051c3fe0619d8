internal import CNcurses

/// Styles as ncurses has them: a pair of colours and attributes.
struct Palette {
  /// Colours of the terminal, 0 for none.
  private let colors: Int32
  private let pairLimit: Int32
  private var pairs: [Pair: Int32] = [:]

  private struct Pair: Hashable {
    var foreground: Int16
    var background: Int16
  }

  /// How the shim is told of a style.
  struct Choice {
    var attributes: Int32
    var pair: Int32
  }

  init(colors: Int32, pairs: Int32) {
    self.colors = colors
    pairLimit = min(pairs, 255)
  }

  mutating func choice(for style: CellStyle) -> Choice {
    var attributes = Int32(style.attributes.rawValue)
    guard colors >= 8 else {
      // Without colours a background can only be told by reversing.
      if style.background != .standard { attributes |= 4 }
      return Choice(attributes: attributes, pair: 0)
    }
    var pair = Pair(
      foreground: number(of: style.foreground), background: number(of: style.background))
    if colors < 16 {
      if pair.foreground >= 8 {
        pair.foreground &= 7
        attributes |= 1
      }
      // Bright black has no place among eight colours.
      if pair.background >= 8 { pair.background = pair.background == 8 ? 4 : pair.background & 7 }
      if style.foreground == .gray { pair.foreground = -1 }
    }
    return Choice(attributes: attributes, pair: place(of: pair))
  }

  private func number(of color: Color) -> Int16 {
    colors >= 256 ? color.index : color.fallback
  }

  /// The number of a pair, made when new; 0, the terminal's own colours, when there are too many.
  private mutating func place(of pair: Pair) -> Int32 {
    if pair.foreground == -1, pair.background == -1 { return 0 }
    if let known = pairs[pair] { return known }
    let next = Int32(pairs.count + 1)
    guard next < pairLimit, init_pair(Int16(next), pair.foreground, pair.background) == OK else {
      return 0
    }
    pairs[pair] = next
    return next
  }
}
