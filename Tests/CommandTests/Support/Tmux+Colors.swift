extension Tmux {
  /// The colours of a piece of text, as numbers in the palette of 256; nil the terminal's own.
  struct Colors: Hashable {
    var foreground: Int?
    var background: Int?

    var all: [Int] { [foreground, background].compactMap(\.self) }
  }

  /// What stands on the screen in which colours, as the terminal itself noted it.
  func colors() throws -> [(text: String, colors: Colors)] {
    var found: [(text: String, colors: Colors)] = []
    var now = Colors()
    for part in try tmux(["capture-pane", "-p", "-e"]).split(separator: "\u{1b}").dropFirst() {
      guard part.first == "[", let end = part.firstIndex(of: "m") else { continue }
      take(part[..<end].dropFirst(), &now)
      let text = part[end...].dropFirst()
      if !text.isEmpty { found.append((String(text), now)) }
    }
    return found
  }

  /// Takes the numbers of one SGR sequence.
  private func take(_ sequence: Substring, _ colors: inout Colors) {
    let numbers = sequence.split(separator: ";", omittingEmptySubsequences: false)
    var codes = numbers.map { Int($0) ?? 0 }
    while let code = codes.first {
      codes.removeFirst()
      switch code {
      case 0: colors = Colors()
      case 30...37: colors.foreground = code - 30
      case 40...47: colors.background = code - 40
      case 90...97: colors.foreground = code - 82
      case 100...107: colors.background = code - 92
      case 39: colors.foreground = nil
      case 49: colors.background = nil
      case 38, 48:
        let number = codes.count >= 2 && codes[0] == 5 ? codes[1] : nil
        if code == 38 { colors.foreground = number } else { colors.background = number }
        codes.removeFirst(min(2, codes.count))
      default: break
      }
    }
  }
}
