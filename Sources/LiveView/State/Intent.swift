/// What a person wants, whatever key says it.
public enum Intent: Hashable, Sendable {
  case up, down, left, right, pageUp, pageDown, top, bottom
  case nextPane, previousPane
  case pane(Pane)
  case open, zoom
  case search, filter, command, help
  case nextFinding, previousFinding
  case freeze, mark, jump
  case copy, save, redraw, escape, quit
}

/// What the program has to do for the screen: everything else is state.
public enum Effect: Hashable, Sendable {
  case quit
  /// Put a line into the clipboard.
  case copy(String)
  /// Write what is shown to a file.
  case save(String)
  case redraw
  /// Crash, to see that the terminal is given back.
  case crash
}
