import Model
import Query
import Terminal

extension ViewState {
  /// Begins to type a line.
  mutating func begin(_ purpose: Mode.Purpose) {
    mode = .input(purpose)
    switch purpose {
    case .save: input = LineInput("vtrace-save.pcapng")
    case .filter: input = LineInput(run?.query.text ?? "")
    default: input = LineInput()
    }
  }

  mutating func takeInput(_ key: Key, _ purpose: Mode.Purpose) -> Effect? {
    switch key {
    case .escape, .control("c"), .control("g"):
      mode = .normal
    case .backspace where input.scalars.isEmpty:
      mode = .normal
    case .tab where purpose == .filter: completeFilter()
    case .enter:
      // What is wrong with a filter is told while it is typed.
      if purpose == .filter, filterAdvice.look != .valid { return nil }
      mode = .normal
      return finish(purpose, input.text)
    default:
      _ = input.take(key)
    }
    return nil
  }

  private mutating func finish(_ purpose: Mode.Purpose, _ text: String) -> Effect? {
    switch purpose {
    case .search: beginSearch(text)
    case .filter: filter(text: text)
    case .save:
      return text.isEmpty ? nil : .save(text)
    case .command: return run(text)
    }
    return nil
  }

  // MARK: Marks

  mutating func takeLetter(_ key: Key) {
    defer { mode = .normal }
    guard case .character(let letter) = key, let entry = selectedEntry else { return }
    let here = Mark(number: selected, time: entry.step.reference.time)
    if mode == .mark {
      marks[letter] = here
      message = .note("mark \(letter) at record \(entry.step.reference.record)")
      return
    }
    guard let mark = marks[letter] else {
      message = .problem("there is no mark \(letter)")
      return
    }
    guard mark.number >= snapshot.first else {
      message = .problem("what mark \(letter) stood at is not kept any more")
      return
    }
    // The place that was left has the mark ' from now on, so that '' goes back.
    marks["'"] = here
    focus(on: .transactions)
    go(to: mark.number)
    message = .note(
      "mark \(letter): \(Times.difference(mark.time &- here.time)) from where you were")
  }

  // MARK: Search

  /// Looks for `text` from the next line on; without any, for what was looked for before.
  mutating func beginSearch(_ text: String) {
    if !text.isEmpty { lastSearch = text }
    guard !lastSearch.isEmpty, rows.count > 0 else { return }
    let row = UInt64(rows.row(of: selected))
    search = SearchJob(
      text: lastSearch.lowercased(), next: row &+ 1, left: UInt64(rows.count))
    message = .note("searching …")
    _ = goOnSearching()
  }

  /// Looks at some more lines; whether there are more to look at.
  mutating func goOnSearching() -> Bool {
    guard var job = search else { return false }
    search = nil
    for _ in 0..<Self.budget / 4 {
      guard job.left > 0, rows.count > 0 else {
        message = .problem("'\(lastSearch)' is nowhere")
        return false
      }
      if job.next >= UInt64(rows.count) { job.next = 0 }
      if let number = rows.number(at: Int(job.next)),
        rowLine(number).lowercased().contains(job.text)
      {
        focus(on: .transactions)
        go(to: number)
        message = .note("/\(lastSearch)")
        return false
      }
      job.next &+= 1
      job.left -= 1
    }
    search = job
    return true
  }
}
