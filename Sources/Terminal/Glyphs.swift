/// What is written for characters that a terminal without UTF-8 cannot show.
enum Glyphs {
  static func shown(_ scalar: Unicode.Scalar, utf8: Bool) -> Unicode.Scalar {
    guard !utf8, !scalar.isASCII else { return scalar }
    switch scalar {
    case "─", "━": return "-"
    case "│", "┃": return "|"
    case "├", "└", "┌", "┐", "┘", "┬", "┴", "┼", "┤": return "+"
    case "█", "■", "▇": return "#"
    case "░", "·", "•": return "."
    case "→", "▸", "▶": return ">"
    case "←", "◂": return "<"
    case "▾", "▼", "↓": return "v"
    case "▲", "↑": return "^"
    case "…": return "~"
    case "µ": return "u"
    default: return "?"
    }
  }
}
