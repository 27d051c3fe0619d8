import Terminal

extension ViewState {
  /// The detail as lines, with folded parts left out.
  var detailLines: [DetailLine] {
    var lines: [DetailLine] = []
    for node in detailNodes { append(node, depth: 0, path: "", to: &lines) }
    return lines
  }

  private func append(
    _ node: DetailNode, depth: Int, path: String, to lines: inout [DetailLine]
  ) {
    let path = path + "/" + node.key
    let isOpen = node.startsOpen != toggled.contains(path)
    let sign = node.children.isEmpty ? "  " : isOpen ? "▾ " : "▸ "
    let indent = String(repeating: "  ", count: depth)
    lines.append(
      DetailLine(
        text: indent + sign + node.text, style: node.style,
        path: node.children.isEmpty ? nil : path))
    guard isOpen else { return }
    for child in node.children { append(child, depth: depth + 1, path: path, to: &lines) }
  }

  private var detailNodes: [DetailNode] {
    switch subject {
    case .findings: selectedFinding.map(nodes(of:)) ?? []
    case .devices: subjectDevice.map { nodes(of: $0) } ?? subjectSocket.map { nodes(of: $0) } ?? []
    default: transactionNodes
    }
  }

  /// Folds or unfolds the part under the cursor.
  mutating func toggleDetail() {
    let lines = detailLines
    guard lines.indices.contains(detail.cursor), let path = lines[detail.cursor].path else {
      return
    }
    if toggled.remove(path) == nil { toggled.insert(path) }
  }

  /// Draws the detail of what is selected.
  func drawDetail(_ grid: inout CellGrid, _ frame: Rectangle) {
    let lines = detailLines
    for line in 0..<max(frame.rows, 0) {
      let place = detail.top + line
      guard lines.indices.contains(place) else { break }
      let run = Run(lines[place].text, lines[place].style)
      grid.put([run], line: line, in: frame, shift: focus == .detail ? shift : 0)
      if place == detail.cursor, focus == .detail {
        grid.select(line: line, in: frame, isFocused: true)
      }
    }
    if lines.isEmpty { grid.put([Run("nothing is selected", Look.dim)], line: 0, in: frame) }
  }
}
