public import Terminal

extension ViewState {
  /// Takes a key, and says what the program has to do.
  public mutating func take(_ key: Key) -> Effect? {
    let effect = answer(key)
    settle()
    return effect
  }

  private mutating func answer(_ key: Key) -> Effect? {
    switch mode {
    case .normal:
      if let place = Self.place(of: key) { return takeMouse(key, place.row, place.column) }
      guard let intent = KeyTable.intent(of: key) else { return nil }
      message = .none
      return take(intent)
    case .help: takeHelp(key)
    case .input(let purpose): return takeInput(key, purpose)
    case .mark, .jump: takeLetter(key)
    }
    return nil
  }

  /// Does what a key means.
  public mutating func take(_ intent: Intent) -> Effect? {
    switch intent {
    case .up: move(-1)
    case .down: move(1)
    case .left: moveAside(-1)
    case .right: moveAside(1)
    case .pageUp: move(-max(height(of: focus) - 1, 1))
    case .pageDown: move(max(height(of: focus) - 1, 1))
    case .top: moveToTop()
    case .bottom: moveToBottom()
    case .nextPane: focusNext(1)
    case .previousPane: focusNext(-1)
    case .pane(let pane): focus(on: pane)
    case .open: open()
    case .zoom: isZoomed.toggle()
    case .nextFinding: goToFinding(forward: true)
    case .previousFinding: goToFinding(forward: false)
    case .freeze: freeze()
    case .search: begin(.search)
    case .filter: begin(.filter)
    case .command: begin(.command)
    case .save: begin(.save)
    case .mark: mode = .mark
    case .jump: mode = .jump
    case .help:
      mode = .help
      helpLines = ListScroll()
    case .escape: isZoomed = false
    case .copy:
      let line = selectedText
      message = .note("copied: \(line)")
      return .copy(line)
    case .redraw: return .redraw
    case .quit: return .quit
    }
    return nil
  }

  private mutating func takeHelp(_ key: Key) {
    switch KeyTable.intent(of: key) {
    case .up: helpLines.top = max(helpLines.top - 1, 0)
    case .down: helpLines.top = min(helpLines.top + 1, helpLast)
    case .pageUp: helpLines.top = max(helpLines.top - size.rows / 2, 0)
    case .pageDown: helpLines.top = min(helpLines.top + size.rows / 2, helpLast)
    default: mode = .normal
    }
  }

  private var helpLast: Int { max(helpText.count - (size.rows - 2), 0) }

  /// Where a mouse event was.
  private static func place(of key: Key) -> (row: Int, column: Int)? {
    switch key {
    case .click(let row, let column), .wheelUp(let row, let column),
      .wheelDown(let row, let column):
      (row, column)
    default: nil
    }
  }

  private mutating func takeMouse(_ key: Key, _ row: Int, _ column: Int) -> Effect? {
    guard let hit = layout.first(where: { $0.frame.contains(row: row, column: column) }) else {
      return nil
    }
    focus(on: hit.pane)
    switch key {
    case .wheelUp: move(-3)
    case .wheelDown: move(3)
    default: select(line: row - hit.frame.row - (hit.pane == .devices ? 2 : 1), in: hit.pane)
    }
    return nil
  }

  /// Selects the line of a pane that was clicked.
  private mutating func select(line: Int, in pane: Pane) {
    guard line >= 0 else { return }
    switch pane {
    case .transactions:
      if let number = rows.number(at: rows.row(of: top) + line) {
        isFollowing = false
        selected = number
      }
    case .devices: devices.cursor = devices.top + line
    case .findings: findingList.cursor = findingList.top + line
    case .detail:
      detail.cursor = detail.top + line
    case .rings: break
    }
  }
}
