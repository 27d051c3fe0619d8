public import Model
public import Rules

/// What decoder and screen share: everything up to one moment, cheap to copy.
public struct HistorySnapshot: Sendable {
  /// Pieces of the history, oldest first; the last one may be short.
  var chunks: [HistoryChunk] = []
  /// Transactions that came before the oldest one that is kept.
  public internal(set) var dropped: UInt64 = 0
  public internal(set) var devices: [DeviceState] = []
  /// Connections between sockets, from vsock monitoring.
  public internal(set) var sockets: [SocketConnection] = []
  public internal(set) var findings: [Finding] = []
  public internal(set) var findingsNotKept: UInt64 = 0
  /// Records that say where devices are, from the whole recording.
  public internal(set) var topology = RawRecords()
  public internal(set) var accesses: UInt64 = 0
  /// Time of the first transaction, from which times count; nil before it.
  public internal(set) var firstTime: Int64?
  /// Time of the last record.
  public internal(set) var lastTime: Int64 = 0
  public internal(set) var lastRecord: UInt64 = 0
  public internal(set) var input = InputState()
  /// Changes with every publication.
  public internal(set) var version: UInt64 = 0

  public init() {}

  /// Number of the oldest transaction that is kept, and the one behind the newest.
  public var first: UInt64 { chunks.first?.first ?? dropped }
  public var end: UInt64 { chunks.last?.end ?? dropped }
  public var count: Int { Int(clamping: end &- first) }

  /// The transaction of a number with its chunk; nil where it is not kept.
  func locate(_ number: UInt64) -> (chunk: HistoryChunk, place: Int)? {
    guard number >= first, number < end else { return nil }
    var low = 0
    var high = chunks.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if chunks[middle].first <= number { low = middle } else { high = middle - 1 }
    }
    let place = Int(number &- chunks[low].first)
    guard place < chunks[low].entries.count else { return nil }
    return (chunks[low], place)
  }

  /// The transaction of a number.
  public func entry(_ number: UInt64) -> HistoryEntry? {
    locate(number).map { $0.chunk.entries[$0.place] }
  }

  /// The first transaction of a record or behind it; nil where there is none.
  public func number(ofRecord record: UInt64) -> UInt64? {
    var low = first
    var high = end
    while low < high {
      let middle = low + (high - low) / 2
      guard let entry = entry(middle) else { return nil }
      if entry.step.reference.record < record { low = middle + 1 } else { high = middle }
    }
    return low < end ? low : nil
  }

  /// The transaction of a record, of that device if there is one; the next one behind it where the
  /// record has none, and nil where it is not kept any more.
  func number(of reference: RecordReference, device: Int32) -> UInt64? {
    guard let start = number(ofRecord: reference.record) else {
      return end > first ? end - 1 : nil
    }
    let oldest = entry(first)?.step.reference.record ?? 0
    guard dropped == 0 || reference.record >= oldest else { return nil }
    var number = start
    while let entry = entry(number), entry.step.reference.record == reference.record {
      if entry.device == device { return number }
      number &+= 1
    }
    return start
  }

  /// A record as it came, with its bytes.
  public func raw(ofRecord record: UInt64) -> (access: Access, bytes: ArraySlice<UInt8>)? {
    for records in chunks.reversed().lazy.map(\.raw) {
      if let access = records.access(of: record) { return (access, records.payload(of: access)) }
    }
    return topology.access(of: record).map { ($0, topology.payload(of: $0)) }
  }
}
