import Model

extension ViewState {
  /// The records of what is listed, in order: those that say where devices are from the whole
  /// recording, then the records of all transactions that are kept and pass the filter.
  ///
  /// Where records are left out that were about devices, one says that events are missing: else what
  /// is saved would accuse drivers of what they did.
  public var recordsToSave: [RawRecords] {
    let oldest = snapshot.chunks.lazy.compactMap(\.raw.accesses.first).first
    let before = snapshot.topology.keeping { access in
      oldest.map { access.record < $0.record } ?? true
    }
    var parts = [before]
    if snapshot.dropped > 0, let oldest { parts.append(RawRecords(gap: 0, before: oldest)) }
    guard rows.isFiltered else { return parts + snapshot.chunks.map(\.raw) }
    return [RawRecords.joined(parts + listedRecords)]
  }

  /// The records of the transactions that pass the filter, and those that say where devices are.
  private var listedRecords: [RawRecords] {
    var lives: [UInt64: Life] = [:]
    for row in 0..<rows.count {
      guard let number = rows.number(at: row), let entry = snapshot.entry(number) else { continue }
      lives[entry.step.reference.record] = Life(device: entry.device, session: entry.session)
    }
    let places = Set(snapshot.topology.accesses.map(\.record))
    var gaps = SavedGaps()
    return snapshot.chunks.map { chunk in
      var kept = RawRecords()
      for access in chunk.raw.accesses {
        let life = lives[access.record]
        guard life != nil || places.contains(access.record) else {
          gaps.leaveOut(access)
          continue
        }
        if let count = gaps.count() { kept.append(gap: count, before: access) }
        kept.append(access, bytes: chunk.raw.payload(of: access))
      }
      if chunk.first == snapshot.chunks.last?.first, let last = gaps.last {
        kept.append(gap: gaps.left, before: last)
      }
      return kept
    }
  }

  /// Shows what came of an effect.
  public mutating func tell(_ text: String) { message = .note(text) }

  /// Shows that an effect failed.
  public mutating func tell(problem: String) { message = .problem(problem) }
}

extension RawRecords {
  /// Those that are wanted; the bytes stay.
  func keeping(_ isWanted: (Access) -> Bool) -> RawRecords {
    RawRecords(accesses: accesses.filter(isWanted), bytes: bytes)
  }

  /// All records of `parts`, one behind the other.
  static func joined(_ parts: [RawRecords]) -> RawRecords {
    var joined = RawRecords()
    for part in parts {
      for access in part.accesses { joined.append(access, bytes: part.payload(of: access)) }
    }
    return joined
  }

  private init(accesses: [Access], bytes: [UInt8]) {
    self.init()
    self.accesses = accesses
    self.bytes = bytes
  }

  fileprivate init(gap count: UInt64, before access: Access) {
    self.init()
    append(gap: count, before: access)
  }

  /// Says that `count` records are missing, 0 where nobody knows how many.
  fileprivate mutating func append(gap count: UInt64, before access: Access) {
    accesses.append(
      Access(
        kind: .lostEvents, record: access.record, time: access.time, location: access.location,
        code: UInt32(clamping: count)))
  }

  fileprivate mutating func append(_ access: Access, bytes more: ArraySlice<UInt8>) {
    var access = access
    access.payloadOffset = bytes.count
    bytes += more
    accesses.append(access)
  }
}

/// One life of a device.
private struct Life: Hashable {
  var device: Int32
  var session: Int32
}

/// What a filter leaves out of what is saved, and where that is told: a life of a device is only known
/// to be cut when the cut lies within it, so that every one is told.
private struct SavedGaps {
  private(set) var left: UInt64 = 0
  private(set) var last: Access?

  mutating func leaveOut(_ access: Access) {
    left &+= 1
    last = access
  }

  /// Records that are missing before the next one that is kept; nil for none.
  mutating func count() -> UInt64? {
    guard left > 0 else { return nil }
    defer { (left, last) = (0, nil) }
    return left
  }
}
