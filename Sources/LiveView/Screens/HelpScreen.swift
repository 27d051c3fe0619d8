import Terminal

extension ViewState {
  /// The help, made from the table of keys.
  var helpText: [String] {
    let rows = KeyTable.bindings.map { binding in
      (keys: binding.keys.map(\.name).joined(separator: ", "), help: binding.help)
    }
    let width = rows.map(\.keys.count).max() ?? 0
    var lines = rows.map { "  \($0.keys.fitted(width))  \($0.help)" }
    lines += [
      "",
      "  status: A acknowledge, D driver, F features ok, O driver ok, S suspend, N needs reset,",
      "          X failed. kick/s and irq/s: the last second of the recording's clock; when the",
      "          input has ended, the mean over the time in which the device was notified.",
      "  mouse:  click to select, wheel to scroll",
    ]
    return lines
  }

  func drawHelp(_ grid: inout CellGrid) {
    let lines = helpText
    for row in 1..<max(size.rows - 1, 1) {
      let place = helpLines.top + row - 1
      guard lines.indices.contains(place) else { break }
      grid.put(lines[place], row: row, column: 0)
    }
  }
}
