public import Model
internal import Wire

/// Guest memory as it was found at one moment: what changed in it since the look before.
public struct MemoryLook: Sendable {
  /// Nanoseconds on the clock of the recording.
  public var time: Int64
  /// Address and bytes of each piece.
  public var pieces: [(address: UInt64, bytes: [UInt8])] = []

  public init(time: Int64) { self.time = time }

  /// The record of one of the pieces, whose bytes are the whole payload.
  public func access(of piece: (address: UInt64, bytes: [UInt8])) -> Access {
    let count = UInt32(truncatingIfNeeded: piece.bytes.count)
    return Access(
      kind: .memory, record: 0, time: time, location: 0, address: piece.address, width: count,
      payloadCount: count)
  }
}

/// A queue's rings as they are read again and again from the memory of a running guest.
public struct WatchedRing: Sendable {
  public let layout: QueueLayout
  private let areas: [(address: UInt64, count: Int)]
  /// What was found last; empty before the first look.
  private var former: [[UInt8]] = []
  private var tables = IndirectTables()

  /// How often a ring that changes while it is read is read again.
  private static var attemptLimit: Int { 8 }
  /// Bytes that stay between two that changed and go into the same piece.
  private static var gap: Int { 16 }

  public init(_ layout: QueueLayout) {
    self.layout = layout
    let size = UInt64(min(layout.size, 1 << 15))
    let counts = layout.isPacked ? (16 * size, 4, 4) : (16 * size, 6 + 2 * size, 6 + 8 * size)
    areas = [
      (layout.descriptors, Int(counts.0)), (layout.driverArea, Int(counts.1)),
      (layout.deviceArea, Int(counts.2)),
    ]
  }

  /// Forgets what was found, so that the next look finds all.
  public mutating func forget() {
    former = []
    tables = IndirectTables()
  }

  /// Reads the rings until they read the same twice, so that what is found was there at one moment,
  /// and adds what changed to `look`, with the indirect tables of chains that came; false when they
  /// never stay still, or nothing backs them.
  public mutating func add(
    to look: inout MemoryLook, from memory: borrowing some GuestMemory & ~Copyable
  ) -> Bool {
    guard var found = read(memory) else { return false }
    for _ in 0..<Self.attemptLimit {
      // Read in between, tables are those of chains that the device had all the time.
      var next = tables
      let pieces = next.take(found, former: former, layout).compactMap { table in
        read(table.address, table.count, memory).map { (table.address, $0) }
      }
      guard let again = read(memory) else { return false }
      if again == found {
        tables = next
        look.pieces += pieces
        take(found, into: &look)
        return true
      }
      found = again
    }
    return false
  }

  private func read(_ memory: borrowing some GuestMemory & ~Copyable) -> [[UInt8]]? {
    memory.refresh()
    var found: [[UInt8]] = []
    for area in areas {
      guard let bytes = read(area.address, area.count, memory) else { return nil }
      found.append(bytes)
    }
    return found
  }

  /// The bytes of a range; nil where any of them is not backed.
  private func read(
    _ start: UInt64, _ count: Int, _ memory: borrowing some GuestMemory & ~Copyable
  ) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    while bytes.count < count {
      let (address, wraps) = start.addingReportingOverflow(UInt64(bytes.count))
      guard !wraps, let piece = memory.span(at: address, count: count - bytes.count),
        piece.byteCount > 0
      else { return nil }
      bytes += piece.array
    }
    return bytes
  }

  private mutating func take(_ found: [[UInt8]], into look: inout MemoryLook) {
    for (place, bytes) in found.enumerated() {
      let old = former.isEmpty ? [] : former[place]
      for range in Self.changes(from: old, to: bytes) {
        look.pieces.append((areas[place].address &+ UInt64(range.lowerBound), Array(bytes[range])))
      }
    }
    former = found
  }

  /// The ranges in which `new` is not `old`; all of it where there is no old.
  static func changes(from old: [UInt8], to new: [UInt8]) -> [Range<Int>] {
    guard old.count == new.count else { return new.isEmpty ? [] : [0..<new.count] }
    var ranges: [Range<Int>] = []
    for place in new.indices where new[place] != old[place] {
      if let last = ranges.last, place - last.upperBound < gap {
        ranges[ranges.count - 1] = last.lowerBound..<place + 1
      } else {
        ranges.append(place..<place + 1)
      }
    }
    return ranges
  }
}
