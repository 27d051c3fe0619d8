import Model
import Query
import Rules

extension ViewState {
  /// Moves the cursor of the focused pane.
  mutating func move(_ lines: Int) {
    switch focus {
    case .transactions: moveRows(lines)
    case .devices:
      devices.move(lines, count: deviceLineCount)
      queuePlace = nil
      detail = ListScroll()
    case .findings:
      findingList.move(lines, count: findingCount)
      detail = ListScroll()
    case .detail: detail.move(lines, count: detailLines.count)
    case .rings: ringLines.move(lines, count: ringTexts.count)
    }
  }

  private mutating func moveRows(_ lines: Int) {
    guard rows.count > 0 else { return }
    let row = min(max(rows.row(of: selected) + lines, 0), rows.count - 1)
    go(to: rows.number(at: row) ?? selected)
  }

  /// Selects a transaction; the newest ones are followed no longer.
  mutating func go(to number: UInt64) {
    isFollowing = false
    guard number != selected else { return }
    selected = number
    queuePlace = nil
    detail = ListScroll()
  }

  mutating func moveAside(_ step: Int) {
    guard focus == .rings else {
      shift = min(max(shift + 8 * step, 0), 512)
      return
    }
    let count = subjectDevice?.queues.count ?? 0
    queuePlace = min(max((shownQueuePlace ?? 0) + step, 0), max(count - 1, 0))
    ringLines = ListScroll()
  }

  mutating func moveToTop() {
    guard focus == .transactions else { return move(-(1 << 30)) }
    go(to: rows.number(at: 0) ?? selected)
    top = selected
  }

  /// To the end; in the transactions that means to follow.
  mutating func moveToBottom() {
    guard focus == .transactions else { return move(1 << 30) }
    go(to: rows.number(at: rows.count - 1) ?? selected)
    isFollowing = true
    if isFrozen { freeze() }
  }

  mutating func focusNext(_ step: Int) {
    let all = Pane.allCases
    let place = (focus.rawValue + step + all.count) % all.count
    focus(on: all[place])
  }

  mutating func focus(on pane: Pane) {
    focus = pane
    if pane.isLower { lower = pane }
    if pane == .devices || pane == .transactions || pane == .findings, subject != pane {
      subject = pane
      queuePlace = nil
      detail = ListScroll()
    }
  }

  /// What Enter does.
  mutating func open() {
    switch focus {
    case .transactions, .devices: focus(on: .detail)
    case .detail: toggleDetail()
    case .findings:
      if let finding = selectedFinding { show(finding) }
    case .rings: break
    }
  }

  mutating func freeze() {
    isFrozen.toggle()
    // What is kept is shown as it was; the next snapshot brings what came meanwhile.
    recordsBehind = 0
  }

  /// Selects the next finding before or behind the selected line.
  mutating func goToFinding(forward: Bool) {
    let all = listedFindings
    guard !all.isEmpty else {
      let hasOthers = !findings.findings.isEmpty
      message = .note(hasOthers ? "no finding passes the filter" : "there is no finding")
      return
    }
    let here = snapshot.entry(selected)?.step.reference.record ?? 0
    let next: Int?
    if hasShownFinding, selectedFinding?.reference.record == here {
      next = findingList.cursor + (forward ? 1 : -1)
    } else {
      // The first one may be where the cursor is already.
      next =
        forward
        ? all.firstIndex { $0.reference.record >= here }
        : all.lastIndex { $0.reference.record <= here }
    }
    guard let next, all.indices.contains(next) else {
      message = .note("no finding \(forward ? "behind" : "before") this one")
      return
    }
    hasShownFinding = true
    findingList.cursor = next
    show(all[next])
  }
}
