import Model

/// The last transactions of a recording, in pieces; belongs to the decoder.
struct HistoryRing {
  private let limit: Int
  private(set) var chunks: [HistoryChunk] = []
  private(set) var dropped: UInt64 = 0
  private var kept = 0
  private var records = 0
  private var bytes = 0

  // The piece that grows.
  private var first: UInt64 = 0
  private var entries: [HistoryEntry] = []
  private var notes: [ChainNote] = []
  private var situations: [SessionSituation] = []
  /// Place of the last situation of each device.
  private var current: [Int32] = []
  private var raw = RawRecords()

  /// Bytes of records that are kept, beside the fixed part of each.
  static var byteLimit: Int { 64 << 20 }

  /// Keeps at least the last `limit` transactions, and less than a piece more.
  init(limit: Int) { self.limit = max(limit, 1) }

  mutating func append(_ kept: KeptStep) {
    var entry = HistoryEntry(
      step: kept.step, device: kept.device, session: Int32(clamping: kept.session),
      isLegacy: kept.isLegacy)
    entry.situation = place(of: kept.situation, device: kept.device)
    if let chain = kept.request {
      entry.note = Int32(notes.count)
      notes.append(.ended(chain))
    } else if let told = kept.told {
      entry.note = Int32(notes.count)
      notes.append(.told(told))
    }
    entries.append(entry)
  }

  /// Where a situation stands; one that goes on stands once.
  private mutating func place(of situation: SessionSituation, device: Int32) -> Int32 {
    let device = Int(max(device, 0))
    while current.count <= device { current.append(-1) }
    if current[device] < 0 || situations[Int(current[device])] != situation {
      current[device] = Int32(situations.count)
      situations.append(situation)
    }
    return current[device]
  }

  /// The last transaction says what a device is, as MMIO registers and CCW commands do.
  var lastIdentifies: Bool {
    switch entries.last?.step.kind {
    case .readMagic, .readVersion, .readDeviceID, .readVendorID, .setRevision, .subchannelEnabled:
      true
    default: false
    }
  }

  mutating func append(_ access: Access, payload: RawSpan) {
    raw.append(access, payload: payload)
    if entries.count >= HistoryChunk.entryLimit || raw.accesses.count >= HistoryChunk.recordLimit
      || raw.bytes.count >= HistoryChunk.byteLimit
    {
      close()
    }
  }

  private mutating func close() {
    let chunk = HistoryChunk(
      first: first, entries: entries, notes: notes, situations: situations, raw: raw)
    chunks.append(chunk)
    kept += entries.count
    records += raw.accesses.count
    bytes += raw.bytes.count
    first = chunk.end
    entries = []
    entries.reserveCapacity(HistoryChunk.entryLimit)
    notes = []
    situations = []
    current.removeAll(keepingCapacity: true)
    raw = RawRecords()
    trim()
  }

  /// Drops the oldest pieces that the limits do not need.
  private mutating func trim() {
    while let oldest = chunks.first, chunks.count > 1,
      kept - oldest.entries.count >= limit || bytes > Self.byteLimit || records > 4 * limit + 4096
    {
      kept -= oldest.entries.count
      records -= oldest.raw.accesses.count
      bytes -= oldest.raw.bytes.count
      dropped &+= UInt64(oldest.entries.count)
      chunks.removeFirst()
    }
  }

  /// All pieces, the one that grows as it is now.
  var all: [HistoryChunk] {
    guard !entries.isEmpty || !raw.accesses.isEmpty else { return chunks }
    return chunks + [
      HistoryChunk(
        first: first, entries: entries, notes: notes, situations: situations, raw: raw)
    ]
  }
}
