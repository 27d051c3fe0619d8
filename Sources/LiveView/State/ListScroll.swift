/// A cursor in a list, and the first line on the screen.
struct ListScroll: Sendable {
  var cursor = 0
  var top = 0

  /// Moves the cursor by some lines.
  mutating func move(_ lines: Int, count: Int) {
    cursor = min(max(cursor + lines, 0), max(count - 1, 0))
  }

  /// Brings cursor and lines into what there is; without a height the lines stay where they are.
  mutating func settle(count: Int, height: Int?) {
    cursor = min(max(cursor, 0), max(count - 1, 0))
    guard let height else { return }
    if cursor < top { top = cursor }
    if cursor >= top + height { top = cursor - height + 1 }
    top = min(max(top, 0), max(count - height, 0))
  }
}
