internal import CNcurses

extension TerminalScreen {
  /// The key that the shim told of.
  static func key(_ kind: Int32, _ code: UInt32) -> Key? {
    switch vt_event(rawValue: UInt32(bitPattern: kind)) {
    case VT_CHARACTER: Key(code: code)
    case VT_UP: .up
    case VT_DOWN: .down
    case VT_LEFT: .left
    case VT_RIGHT: .right
    case VT_PAGE_UP: .pageUp
    case VT_PAGE_DOWN: .pageDown
    case VT_HOME: .home
    case VT_END: .end
    case VT_ENTER: .enter
    case VT_BACK_TAB: .backTab
    case VT_BACKSPACE: .backspace
    case VT_DELETE: .delete
    default: nil
    }
  }
}
