import Terminal

/// A piece of a line in one style.
struct Run: Equatable {
  var text: String
  var style: CellStyle

  init(_ text: String, _ style: CellStyle = .plain) {
    self.text = text
    self.style = style
  }
}

extension CellGrid {
  /// Writes a line into a frame, `line` lines below its top; blank to the frame's end.
  mutating func put(_ runs: [Run], line: Int, in frame: Rectangle, shift: Int = 0) {
    guard line >= 0, line < frame.rows else { return }
    var skip = shift
    var column = frame.column
    let end = frame.column + frame.columns
    for run in runs where column < end {
      let text = skip > 0 ? String(run.text.dropFirst(skip)) : run.text
      skip = max(skip - run.text.count, 0)
      column = put(
        text, row: frame.row + line, column: column, limit: end - column, run.style)
    }
  }

  /// Shows that a line is selected: reversed in the pane that has the keys, marked in others.
  mutating func select(line: Int, in frame: Rectangle, isFocused: Bool) {
    guard line >= 0, line < frame.rows else { return }
    let columns = frame.column..<frame.column + frame.columns
    restyle(row: frame.row + line, columns: columns) { style in
      if isFocused {
        style.attributes.insert(.reverse)
        style.attributes.remove(.dim)
      } else {
        style.background = .shade
        // Grey on the shade cannot be read where both are the same colour.
        if style.foreground == .gray { style.foreground = .standard }
      }
    }
  }
}
