import Model
import Query
import Reports
import Rules
import Terminal
import VirtioSpec

extension HistorySnapshot {
  /// The transaction in words, as `vtrace analyze --transactions` prints it, and what its value
  /// means.
  func text(_ number: UInt64) -> (step: String, meaning: String)? {
    guard let (chunk, place) = locate(number) else { return nil }
    let entry = chunk.entries[place]
    var text = entry.step.text
    var request: RingChain?
    var told: ToldChain?
    if entry.note >= 0, chunk.notes.indices.contains(Int(entry.note)) {
      switch chunk.notes[Int(entry.note)] {
      case .ended(let chain): request = chain
      case .told(let chain):
        told = chain
        text += entry.step.toldText(chain)
      }
    }
    let device = devices.indices.contains(Int(entry.device)) ? devices[Int(entry.device)] : nil
    let meaning = entry.step.meaning(
      of: device?.type, isLegacy: entry.isLegacy, request: request, told: told)
    return (text, meaning)
  }
}

extension ViewState {
  /// A transaction as one line of text, for search and copy.
  func rowLine(_ number: UInt64) -> String {
    guard let entry = snapshot.entry(number), let text = snapshot.text(number) else { return "" }
    let time = Times.since(snapshot.firstTime ?? 0, entry.step.reference.time)
    let line =
      "\(entry.step.reference.record) \(time) \(deviceName(entry.device)) "
      + "\(Self.side(of: entry.step).trimmed) \(text.step)"
    return text.meaning.isEmpty ? line : "\(line) ; \(text.meaning)"
  }

  func deviceName(_ number: Int32) -> String {
    snapshot.devices.indices.contains(Int(number)) ? snapshot.devices[Int(number)].id : "?"
  }

  /// Columns of the longest name of a device.
  var deviceColumns: Int {
    min(max(snapshot.devices.lazy.map(\.id.count).max() ?? 0, 6), 18)
  }

  /// Which side acted: `drv`, `dev`, or nobody.
  static func side(of step: Transaction) -> String {
    if step.isFact { return "   " }
    switch step.kind {
    case .eventsLost, .machineEvent, .historyLost: return "   "
    case .interrupt, .buffersTaken, .buffersUsed, .bufferUsed, .usedIndex, .usedFlags,
      .availableEvent, .deviceEvent, .usedEntryPrepared:
      return "dev"
    default: return step.traits.contains(.byDevice) ? "dev" : "drv"
    }
  }

  /// The line of a transaction in the list.
  func row(_ number: UInt64, columns: Int) -> [Run] {
    guard let entry = snapshot.entry(number), let text = snapshot.text(number) else { return [] }
    let reference = entry.step.reference
    let severity = findings.worst(at: reference.record, device: entry.device)
    let style = severity.map(Look.severity) ?? Look.kind(entry.step)
    var runs = [Run(Self.mark(severity), style)]
    if columns >= 100 { runs.append(Run("\(reference.record)".aligned(9) + " ", Look.dim)) }
    let time = Times.since(snapshot.firstTime ?? 0, reference.time)
    runs.append(Run(time.aligned(columns >= 60 ? 12 : 10) + " ", Look.dim))
    if columns >= 60 { runs.append(Run(deviceName(entry.device).fitted(deviceColumns) + " ")) }
    runs.append(Run(Self.side(of: entry.step) + " ", Look.dim))
    runs.append(Run(text.step, style))
    if !text.meaning.isEmpty { runs.append(Run("  " + text.meaning, Look.dim)) }
    return runs
  }

  private static func mark(_ severity: Severity?) -> String {
    switch severity {
    case .error: "E"
    case .warning: "W"
    case .note: "N"
    case nil: " "
    }
  }

  /// Draws the list of transactions.
  func drawTransactions(_ grid: inout CellGrid, _ frame: Rectangle) {
    let first = rows.row(of: top)
    for line in 0..<max(frame.rows, 0) {
      guard let number = rows.number(at: first + line) else { break }
      grid.put(row(number, columns: frame.columns), line: line, in: frame, shift: shift)
      if number == selected {
        grid.select(line: line, in: frame, isFocused: focus == .transactions)
      }
    }
    guard rows.count == 0 else { return }
    grid.put([Run(emptyText, Look.dim)], line: 0, in: frame)
  }

  /// Why there is no transaction.
  private var emptyText: String {
    if snapshot.input.hasNoRecords { return "the state of devices alone is seen here" }
    if rows.isFiltered, snapshot.count > 0 { return "nothing passes the filter" }
    return snapshot.input.hasEnded
      ? "no transaction of a virtio device" : "waiting for transactions"
  }
}

extension String {
  /// Without blanks at both ends.
  var trimmed: String {
    var text = Substring(self)
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
