import Model

/// A piece of the history that does not change any more, shared by decoder and screen.
public final class HistoryChunk: Sendable {
  /// Number of the first entry, from 0 over the whole recording.
  public let first: UInt64
  public let entries: [HistoryEntry]
  let notes: [ChainNote]
  let situations: [SessionSituation]
  public let raw: RawRecords

  init(
    first: UInt64, entries: [HistoryEntry], notes: [ChainNote], situations: [SessionSituation],
    raw: RawRecords
  ) {
    self.first = first
    self.entries = entries
    self.notes = notes
    self.situations = situations
    self.raw = raw
  }

  /// The number behind the last entry.
  var end: UInt64 { first &+ UInt64(entries.count) }

  static var entryLimit: Int { 1024 }
  static var recordLimit: Int { 4096 }
  static var byteLimit: Int { 1 << 20 }
}
