import Model

extension ViewState {
  /// The records of what is listed, in order: those that say where devices are from the whole
  /// recording, then the records of all transactions that are kept and pass the filter.
  public var recordsToSave: [RawRecords] {
    let oldest = snapshot.chunks.lazy.compactMap(\.raw.accesses.first?.record).first ?? .max
    let listed: Set<UInt64>? = rows.isFiltered ? listedRecords : nil
    var parts = [
      snapshot.topology.keeping { access in
        listed.map { !$0.contains(access.record) } ?? (access.record < oldest)
      }
    ]
    for chunk in snapshot.chunks {
      guard let listed else {
        parts.append(chunk.raw)
        continue
      }
      parts.append(chunk.raw.keeping { listed.contains($0.record) })
    }
    return listed == nil ? parts : [RawRecords.merged(parts)]
  }

  private var listedRecords: Set<UInt64> {
    var records: Set<UInt64> = []
    for row in 0..<rows.count {
      guard let number = rows.number(at: row), let entry = snapshot.entry(number) else { continue }
      records.insert(entry.step.reference.record)
    }
    return records
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

  /// All records of `parts` in order.
  static func merged(_ parts: [RawRecords]) -> RawRecords {
    var all: [(access: Access, part: Int)] = []
    for (number, part) in parts.enumerated() { all += part.accesses.map { ($0, number) } }
    all.sort { ($0.access.record, $0.part) < ($1.access.record, $1.part) }
    var merged = RawRecords()
    for (access, part) in all { merged.append(access, bytes: parts[part].payload(of: access)) }
    return merged
  }

  private init(accesses: [Access], bytes: [UInt8]) {
    self.init()
    self.accesses = accesses
    self.bytes = bytes
  }

  private mutating func append(_ access: Access, bytes more: ArraySlice<UInt8>) {
    var access = access
    access.payloadOffset = bytes.count
    bytes += more
    accesses.append(access)
  }
}
