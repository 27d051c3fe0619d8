internal import Wire

/// Numbers names of a text, from 0 in order of first sight, without making a string of each.
///
/// Open addressing over a hash of the bytes and a key; two names are taken for the same when both
/// agree. Bounded: once `limit` names are known, further ones have no number.
struct NameTable {
  private struct Slot {
    var hash: UInt64
    var key: UInt64
    var number: Int32
  }

  private var slots: [Slot]
  private let limit: Int
  /// How many names have a number.
  private(set) var count = 0

  /// At most `limit` names, which is rounded up to a power of two.
  init(limit: Int) {
    var capacity = 16
    while capacity < limit { capacity *= 2 }
    self.limit = capacity
    slots = Array(repeating: Slot(hash: 0, key: 0, number: -1), count: capacity * 2)
  }

  /// The number of the name in `range`, under `key`, and whether it is new; nil when there is no
  /// more room.
  @inline(__always)
  mutating func number(
    of range: Range<Int>, in line: RawSpan, key: UInt64 = 0
  ) -> (number: Int, isNew: Bool)? {
    let hash = Self.hash(line, range) ^ (key &* 0x9e37_79b9_7f4a_7c15)
    let mask = slots.count &- 1
    var index = Int(truncatingIfNeeded: hash ^ (hash >> 29)) & mask
    while slots[index].number >= 0 {
      if slots[index].hash == hash, slots[index].key == key {
        return (Int(slots[index].number), false)
      }
      index = (index &+ 1) & mask
    }
    guard count < limit else { return nil }
    slots[index] = Slot(hash: hash, key: key, number: Int32(truncatingIfNeeded: count))
    count += 1
    return (count - 1, true)
  }

  /// FNV-1a over eight bytes at a time.
  @inline(__always)
  private static func hash(_ line: RawSpan, _ range: Range<Int>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    var index = range.lowerBound
    while index &+ 8 <= range.upperBound {
      hash = (hash ^ line.littleEndian(UInt64.self, at: index)) &* 0x100_0000_01b3
      hash ^= hash >> 32
      index &+= 8
    }
    while index < range.upperBound {
      hash = (hash ^ UInt64(line.byte(at: index))) &* 0x100_0000_01b3
      index &+= 1
    }
    return hash ^ (hash >> 32)
  }
}
