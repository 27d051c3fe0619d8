import Model
internal import Wire

/// Which indirect tables a device came to own between two looks at a ring.
///
/// Only of those it is certain that they still hold what the driver put there: a table whose chain was
/// used may be anything by now. Rings with IN_ORDER do not tell of each chain that it was used, and of
/// a ring that went around between two looks nothing is known: there are none then.
struct IndirectTables {
  /// Split: how often the device has each head that was seen to be made available.
  private var owned: [UInt32: Int] = [:]
  private var indexes: (available: UInt16, used: UInt16)?

  /// Bytes of tables that are read at one look.
  private static var limit: Int { 1 << 20 }

  /// Takes the areas of a ring as they are now, and tells where the tables of chains lie that are the
  /// device's since the look before.
  mutating func take(
    _ areas: [[UInt8]], former: [[UInt8]], _ layout: QueueLayout
  ) -> [(address: UInt64, count: Int)] {
    guard layout.allowsIndirect, !layout.isInOrder, !layout.mayBeTranslated, areas.count == 3 else {
      return []
    }
    let descriptors = Descriptors(bytes: areas[0], layout: layout)
    let found =
      layout.isPacked
      ? descriptors.exposedTables(since: former.first ?? [])
      : newHeads(areas[1], areas[2], layout).compactMap { descriptors.table(ofHead: $0) }
    var left = Self.limit
    return found.prefix {
      left -= $0.count
      return left >= 0
    }
  }

  /// Heads that were made available since the look before, and not used since.
  private mutating func newHeads(
    _ available: [UInt8], _ used: [UInt8], _ layout: QueueLayout
  ) -> [UInt32] {
    let (size, isBig) = (UInt16(truncatingIfNeeded: layout.size), layout.isBigEndian)
    guard size > 0 else { return [] }
    let now = (available: available.number(2, 2, isBig), used: used.number(2, 2, isBig))
    let (end, usedEnd) = (
      UInt16(truncatingIfNeeded: now.available), UInt16(truncatingIfNeeded: now.used)
    )
    // A ring that did not go around yet shows all of its history.
    let before = indexes ?? (0, 0)
    indexes = (end, usedEnd)
    guard end &- before.available <= size, usedEnd &- before.used <= size else {
      owned = [:]
      return []
    }
    var heads: [UInt32] = []
    for step in 0..<(end &- before.available) {
      let slot = Int((before.available &+ step) % size)
      let head = UInt32(truncatingIfNeeded: available.number(4 + 2 * slot, 2, isBig))
      owned[head, default: 0] += 1
      heads.append(head)
    }
    for step in 0..<(usedEnd &- before.used) {
      let slot = Int((before.used &+ step) % size)
      let id = UInt32(truncatingIfNeeded: used.number(4 + 8 * slot, 4, isBig))
      owned[id] = owned[id].flatMap { $0 > 1 ? $0 - 1 : nil }
    }
    return heads.filter { owned[$0] != nil }
  }
}

/// A descriptor area as it was read.
private struct Descriptors {
  let bytes: [UInt8]
  let layout: QueueLayout

  private func flags(_ index: Int) -> DescriptorFlags {
    DescriptorFlags(
      rawValue: UInt16(
        truncatingIfNeeded: bytes.number(
          16 * index + (layout.isPacked ? 14 : 12), 2, layout.isBigEndian)))
  }

  /// The table that a descriptor points at, as much of it as a chain may have.
  private func table(_ index: Int) -> (address: UInt64, count: Int)? {
    let length = bytes.number(16 * index + 8, 4, layout.isBigEndian)
    guard length > 0, length % 16 == 0 else { return nil }
    return (
      bytes.number(16 * index, 8, layout.isBigEndian),
      Int(min(length, 16 * UInt64(layout.size)))
    )
  }

  /// Split: the table in which the chain of a head goes on.
  func table(ofHead head: UInt32) -> (address: UInt64, count: Int)? {
    var index = Int(head)
    for _ in 0..<layout.size {
      guard index < layout.size else { return nil }
      if flags(index).contains(.indirect) { return table(index) }
      guard flags(index).contains(.next) else { return nil }
      index = Int(bytes.number(16 * index + 14, 2, layout.isBigEndian))
    }
    return nil
  }

  /// Packed: tables of slots that the driver wrote since `former`; a device overwrites what it used.
  func exposedTables(since former: [UInt8]) -> [(address: UInt64, count: Int)] {
    (0..<Int(layout.size)).compactMap { slot in
      let range = 16 * slot..<16 * slot + 16
      let isNew = former.count != bytes.count || former[range] != bytes[range]
      guard isNew, range.upperBound <= bytes.count else { return nil }
      let flags = flags(slot)
      guard flags.contains(.indirect), flags.contains(.available) != flags.contains(.used) else {
        return nil
      }
      return table(slot)
    }
  }
}

extension [UInt8] {
  /// A number of `count` bytes; bytes beyond the end are 0.
  fileprivate func number(_ start: Int, _ count: Int, _ isBig: Bool) -> UInt64 {
    var value: UInt64 = 0
    for place in 0..<count {
      let index = start + (isBig ? place : count - 1 - place)
      value = value << 8 | UInt64(indices.contains(index) ? self[index] : 0)
    }
    return value
  }
}
