import Query
public import Terminal

extension ViewState {
  /// Transactions that are looked at in one tick by a search or a filter, so that
  /// keys are answered in between.
  static var budget: Int { 8192 }

  /// Takes what the decoder left; a frozen screen only counts it.
  public mutating func take(_ new: HistorySnapshot) {
    guard new.version != snapshot.version else { return }
    if isFrozen {
      recordsBehind = new.accesses &- snapshot.accesses
      return
    }
    recordsBehind = 0
    // Where there is nothing else to see, devices have the keys.
    if new.input.hasNoRecords, !snapshot.input.hasNoRecords { focus(on: .devices) }
    let hasSockets = snapshot.sockets.isEmpty && !new.sockets.isEmpty
    if hasSockets, new.devices.isEmpty { focus(on: .devices) }
    let known = snapshot.findings.count
    snapshot = new
    findings.take(new.findings)
    rows.take(new.first..<new.end)
    askAgain(about: new.findings.dropFirst(known))
    listFindings()
    _ = goOnFiltering()
    settle()
  }

  /// Goes on with what takes longer; whether there is more to do at once.
  public mutating func tick() -> Bool {
    let wasFiltering = isFiltering
    let isFiltering = goOnFiltering()
    let isSearching = !isFiltering && goOnSearching()
    if isSearching || wasFiltering { settle() }
    return isSearching || isFiltering
  }

  /// Takes a new size.
  public mutating func resize(to size: Size) {
    self.size = size
    settle()
  }

  /// Brings every cursor into what there is.
  mutating func settle() {
    settleRows()
    devices.settle(count: deviceLineCount, height: shownHeight(.devices))
    findingList.settle(count: findingCount, height: shownHeight(.findings))
    detail.settle(count: detailLines.count, height: shownHeight(.detail))
    ringLines.settle(count: ringTexts.count, height: shownHeight(.rings))
  }

  /// Lines of a pane, nil for one that is not seen: it keeps its place.
  private func shownHeight(_ pane: Pane) -> Int? { isShown(pane) ? height(of: pane) : nil }

  private mutating func settleRows() {
    // While a filter works its way to it, the selected line stays as it was.
    guard rows.count > 0, !isFiltering || isFollowing else { return }
    if isFollowing { selected = rows.number(at: rows.count - 1) ?? selected }
    let row = min(rows.row(of: selected), rows.count - 1)
    selected = rows.number(at: row) ?? selected
    guard let height = shownHeight(.transactions) else { return }
    var first = rows.row(of: top)
    if row < first { first = row }
    if row >= first + height { first = row - height + 1 }
    first = min(max(first, 0), max(rows.count - height, 0))
    top = rows.number(at: first) ?? top
  }
}
