import Model
import Query
public import Terminal

extension ViewState {
  /// The screen.
  public func screen() -> CellGrid {
    var grid = CellGrid(size)
    drawTop(&grid)
    if mode == .help {
      drawHelp(&grid)
    } else {
      for (pane, frame) in layout { draw(pane, &grid, frame) }
      drawDivider(&grid)
    }
    drawBottom(&grid)
    return grid
  }

  private func draw(_ pane: Pane, _ grid: inout CellGrid, _ frame: Rectangle) {
    guard frame.rows > 0 else { return }
    let isFocused = pane == focus
    let style = isFocused ? Look.focusedTitle : Look.title
    grid.fill(
      row: frame.row, columns: frame.column..<frame.column + frame.columns, with: "─", style)
    grid.put(
      " \(title(of: pane)) ", row: frame.row, column: frame.column + 1, limit: frame.columns - 1,
      style)
    let body = Rectangle(
      row: frame.row + 1, column: frame.column, rows: frame.rows - 1, columns: frame.columns)
    switch pane {
    case .devices: drawDevices(&grid, body)
    case .transactions: drawTransactions(&grid, body)
    case .detail: drawDetail(&grid, body)
    case .rings: drawRings(&grid, body)
    case .findings: drawFindings(&grid, body)
    }
  }

  /// The line between the halves of a large screen.
  private func drawDivider(_ grid: inout CellGrid) {
    guard layout.count == Pane.allCases.count,
      let right = layout.first(where: { $0.pane == .detail })?.frame
    else { return }
    for row in 1..<size.rows - 1 {
      grid.put("│", row: row, column: right.column - 1, Look.title)
    }
  }

  private func title(of pane: Pane) -> String {
    switch pane {
    case .devices:
      let sockets = snapshot.sockets.count
      return "1 devices \(snapshot.devices.count)" + (sockets > 0 ? ", sockets \(sockets)" : "")
    case .transactions:
      let position = rows.count == 0 ? 0 : rows.row(of: selected) + 1
      let count = Times.grouped(UInt64(rows.count))
      let filter = run.map { "  filter\(isFiltering ? "ing" : ""): \($0.query.text)" } ?? ""
      return "2 transactions \(Times.grouped(UInt64(position)))/\(count)\(filter)"
    case .detail: return "3 detail"
    case .rings: return "4 rings"
    case .findings:
      let all = findings.findings.count
      return "5 findings \(findingCount)" + (findingCount < all ? "/\(all)" : "")
    }
  }

  /// What is watched, how far it is, and what is not there any more.
  private func drawTop(_ grid: inout CellGrid) {
    grid.fill(row: 0, columns: 0..<size.columns, Look.bar)
    let right = " " + stateWords.joined(separator: "  ") + " "
    let room = max(size.columns - right.count, 0)
    grid.put(" vtrace \(title)", row: 0, column: 0, limit: room, Look.bar)
    grid.put(right, row: 0, column: max(size.columns - right.count, 0), Look.bar)
  }

  private var stateWords: [String] {
    var words: [String] = []
    let input = snapshot.input
    if !input.hasEnded, input.total > 0 { words.append(progressBar) }
    if size.columns >= 60, !input.hasNoRecords {
      words.append("\(Times.grouped(snapshot.accesses)) records")
    }
    if snapshot.dropped > 0 { words.append("\(Times.grouped(snapshot.dropped)) dropped") }
    if input.lost > 0 || input.isLostUnknown {
      words.append(input.lost > 0 ? "\(Times.grouped(input.lost)) lost" : "some lost")
    }
    if isFrozen {
      words.append("FROZEN" + (recordsBehind > 0 ? " +\(Times.grouped(recordsBehind))" : ""))
    } else if isFollowing, !input.hasNoRecords {
      words.append("FOLLOW")
    }
    if input.hasEnded, isLive { words.append("ended") }
    return words
  }

  private var progressBar: String {
    let input = snapshot.input
    let share = min(Int(input.done &* 100 / max(input.total, 1)), 100)
    guard size.columns >= 60 else { return "\(share)%" }
    let filled = share / 10
    return String(repeating: "█", count: filled) + String(repeating: "░", count: 10 - filled)
      + " \(share)%"
  }

  /// What is typed, what the last key came to, or the commonest keys.
  private func drawBottom(_ grid: inout CellGrid) {
    let row = size.rows - 1
    switch mode {
    case .input(let purpose): return drawInput(&grid, purpose)
    case .mark: grid.put("mark: a letter", row: row, column: 0, Look.note)
    case .jump: grid.put("jump to mark: its letter", row: row, column: 0, Look.note)
    case .normal, .help:
      switch message {
      case .note(let text): grid.put(text, row: row, column: 0, Look.note)
      case .problem(let text): grid.put(text, row: row, column: 0, Look.problem)
      case .none:
        if let problem = snapshot.input.problems.first {
          grid.put(problem, row: row, column: 0, Look.problem)
        } else {
          grid.put(Self.hint, row: row, column: 0, Look.dim)
        }
      }
    }
  }

  private static let hint =
    "?help q quit Tab pane / search f filter n/N finding space freeze s save :cmd"

  private func drawInput(_ grid: inout CellGrid, _ purpose: Mode.Purpose) {
    let row = size.rows - 1
    let prompt = purpose.prompt
    let start = grid.put(prompt, row: row, column: 0, Look.strong)
    // The cursor stays on the screen, however long the line is.
    let room = max(size.columns - start - 1, 1)
    let hidden = max(input.cursor - room, 0)
    let advice = purpose == .filter ? filterAdvice : nil
    let end = grid.put(
      String(input.text.unicodeScalars.dropFirst(hidden)), row: row, column: start,
      advice.map { Look.filter($0.look) } ?? .plain)
    if let advice { grid.put(advice.text, row: row, column: end + 2, Look.dim) }
    grid.restyle(
      row: row, columns: start + input.cursor - hidden..<start + input.cursor - hidden + 1
    ) {
      $0.attributes.insert(.reverse)
    }
  }
}
