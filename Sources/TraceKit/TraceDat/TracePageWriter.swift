/// Writes the ring-buffer pages of one CPU.
struct TracePageWriter {
  let pageSize: Int
  let longSize: Int
  let isBigEndian: Bool
  private(set) var bytes: [UInt8] = []
  /// The page being filled: its data, and the clock at its beginning and at its last event.
  private var data: [UInt8] = []
  private var begin: UInt64 = 0
  private var last: UInt64 = 0
  /// What was lost before this page: nil nothing, 0 an unknown number.
  private var lost: UInt64?

  init(pageSize: Int, longSize: Int, isBigEndian: Bool) {
    self.pageSize = pageSize
    self.longSize = longSize
    self.isBigEndian = isBigEndian
  }

  private var capacity: Int { pageSize - 8 - longSize }

  /// Adds an event; `absolute` writes its time in full instead of the difference.
  mutating func add(_ event: [UInt8], time: UInt64, absolute: Bool) {
    // The longest form: a time of its own, and a length of its own.
    if data.count + event.count + 16 > capacity { close() }
    if data.isEmpty {
      begin = time
      last = time
    }
    var delta = time &- last
    if absolute {
      put(Self.head(type: 31, delta: UInt32(truncatingIfNeeded: time & 0x7ff_ffff), isBigEndian))
      put(UInt32(truncatingIfNeeded: time >> 27))
      delta = 0
    } else if delta >= 1 << 27 {
      put(Self.head(type: 30, delta: UInt32(truncatingIfNeeded: delta & 0x7ff_ffff), isBigEndian))
      put(UInt32(truncatingIfNeeded: delta >> 27))
      delta = 0
    }
    let words = UInt32(event.count / 4)
    put(Self.head(type: words <= 28 ? words : 0, delta: UInt32(delta), isBigEndian))
    if words > 28 { put(words * 4 + 4) }
    data += event
    last = time
  }

  /// Adds an event that was discarded: padding of `count` bytes, a multiple of 4 from 8 on.
  mutating func discard(_ count: Int) {
    if data.count + count > capacity { close() }
    guard !data.isEmpty else { return }
    put(Self.head(type: 29, delta: 1, isBigEndian))
    put(UInt32(count - 4))
    data += [UInt8](repeating: 0xa5, count: count - 8)
    last &+= 1
  }

  /// Says that events were lost here: their number, or 0 where it is not known.
  mutating func lose(_ count: UInt64) {
    close()
    lost = count
  }

  /// Ends the page at hand.
  mutating func close() {
    guard !data.isEmpty else { return }
    var commit = UInt64(data.count)
    let stores = (lost ?? 0) > 0 && data.count + longSize <= capacity
    if lost != nil { commit |= 1 << 31 }
    if stores { commit |= 1 << 30 }
    bytes += Self.number(begin, size: 8, isBigEndian)
    bytes += Self.number(commit, size: longSize, isBigEndian)
    bytes += data
    var room = capacity - data.count
    if stores {
      bytes += Self.number(lost ?? 0, size: longSize, isBigEndian)
      room -= longSize
    }
    bytes += [UInt8](repeating: 0, count: room)
    data.removeAll(keepingCapacity: true)
    lost = nil
  }

  private mutating func put(_ word: UInt32) {
    data += Self.number(UInt64(word), size: 4, isBigEndian)
  }

  private static func head(type: UInt32, delta: UInt32, _ isBigEndian: Bool) -> UInt32 {
    isBigEndian ? type << 27 | delta : delta << 5 | type
  }

  /// The bytes of a number.
  static func number(_ value: UInt64, size: Int, _ isBigEndian: Bool) -> [UInt8] {
    let little = (0..<size).map { UInt8(truncatingIfNeeded: value >> UInt64($0 * 8)) }
    return isBigEndian ? little.reversed() : little
  }
}
