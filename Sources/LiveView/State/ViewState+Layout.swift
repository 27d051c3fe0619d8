import Terminal

extension ViewState {
  /// Where the panes are; those that are not there are not seen at this size.
  var layout: [(pane: Pane, frame: Rectangle)] {
    let body = Rectangle(row: 1, column: 0, rows: size.rows - 2, columns: size.columns)
    if isZoomed || size.columns < 60 || size.rows < 16 { return [(focus, body)] }
    return size.columns >= 140 && size.rows >= 40 ? wideLayout(body) : narrowLayout(body)
  }

  /// Devices on top, transactions, and one of the lower panes.
  private func narrowLayout(_ body: Rectangle) -> [(pane: Pane, frame: Rectangle)] {
    let devices = min(max(deviceLineCount, 1) + 2, max(body.rows / 4, 4))
    let rest = body.rows - devices
    let lower = max(rest * 2 / 5, 5)
    return [
      (.devices, part(of: body, from: 0, rows: devices)),
      (.transactions, part(of: body, from: devices, rows: rest - lower)),
      (self.lower, part(of: body, from: body.rows - lower, rows: lower)),
    ]
  }

  /// Everything at once: lists to the left, what they are about to the right.
  private func wideLayout(_ body: Rectangle) -> [(pane: Pane, frame: Rectangle)] {
    let left = body.columns * 11 / 20
    let right = body.columns - left - 1
    let devices = min(max(deviceLineCount, 1) + 2, body.rows / 4)
    let findings = body.rows / 5
    let detail = (body.rows) * 3 / 5
    func frame(_ row: Int, _ column: Int, _ rows: Int, _ columns: Int) -> Rectangle {
      Rectangle(row: body.row + row, column: column, rows: rows, columns: columns)
    }
    return [
      (.devices, frame(0, 0, devices, left)),
      (.transactions, frame(devices, 0, body.rows - devices - findings, left)),
      (.findings, frame(body.rows - findings, 0, findings, left)),
      (.detail, frame(0, left + 1, detail, right)),
      (.rings, frame(detail, left + 1, body.rows - detail, right)),
    ]
  }

  private func part(of body: Rectangle, from row: Int, rows: Int) -> Rectangle {
    Rectangle(row: body.row + row, column: 0, rows: rows, columns: body.columns)
  }

  /// Lines of a pane below its title, as it is or would be shown.
  func height(of pane: Pane) -> Int {
    let frame = layout.first { $0.pane == pane }?.frame
    let header = pane == .devices ? 2 : 1
    return max((frame?.rows ?? size.rows - 2) - header, 1)
  }

  func isShown(_ pane: Pane) -> Bool { layout.contains { $0.pane == pane } }
}
