/// What a person did at the keyboard or with the mouse.
public enum Key: Hashable, Sendable {
  case character(Unicode.Scalar)
  /// A letter with Ctrl: `control("l")`.
  case control(Unicode.Scalar)
  case up, down, left, right, pageUp, pageDown, home, end
  case enter, tab, backTab, escape, backspace, delete
  case click(row: Int, column: Int)
  case wheelUp(row: Int, column: Int)
  case wheelDown(row: Int, column: Int)

  /// The key of a character as a terminal sends it; nil for what no key means.
  init?(code: UInt32) {
    switch code {
    case 9: self = .tab
    case 10, 13: self = .enter
    case 27: self = .escape
    case 8, 127: self = .backspace
    case 0: return nil
    case 1...26:
      guard let letter = Unicode.Scalar(code + 0x60) else { return nil }
      self = .control(letter)
    default:
      guard code >= 32, let scalar = Unicode.Scalar(code) else { return nil }
      self = .character(scalar)
    }
  }
}

extension Key {
  /// The key as help names it, in ASCII.
  public var name: String {
    switch self {
    case .character(" "): "space"
    case .character(let scalar): String(scalar)
    case .control(let letter): "^\(String(letter).uppercased())"
    case .up: "Up"
    case .down: "Down"
    case .left: "Left"
    case .right: "Right"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .home: "Home"
    case .end: "End"
    case .enter: "Enter"
    case .tab: "Tab"
    case .backTab: "Shift-Tab"
    case .escape: "Esc"
    case .backspace: "Backspace"
    case .delete: "Del"
    case .click: "click"
    case .wheelUp: "wheel up"
    case .wheelDown: "wheel down"
    }
  }
}
