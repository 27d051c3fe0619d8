internal import Model
internal import Wire

/// Counts the events that a reader passes over, by name.
struct EventTally {
  private struct Entry {
    var name: String
    var count: UInt64
    var first: UInt64
  }

  private var names = NameTable(limit: 64)
  private var entries: [Entry] = []
  private var rest = Entry(name: "events of other names", count: 0, first: 0)

  /// Counts one event; `range` is where its name lies.
  @inline(__always)
  mutating func count(_ range: Range<Int>, in line: RawSpan, record: UInt64) {
    guard let (number, isNew) = names.number(of: range, in: line) else {
      if rest.count == 0 { rest.first = record }
      rest.count &+= 1
      return
    }
    if isNew {
      let name = String(line.extracting(range).text.prefix(64)) + " event"
      entries.append(Entry(name: name, count: 0, first: record))
    }
    entries[number].count &+= 1
  }

  /// Adds the counts to `summary`.
  func report(to summary: inout InputSummary) {
    for entry in entries + [rest] where entry.count > 0 {
      summary.skip(entry.name, record: entry.first, count: entry.count)
    }
  }
}
