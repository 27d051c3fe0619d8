import Model

/// A ring that a test writes entry by entry.
struct MadeRing {
  var memory = PieceMemory()
  var layout: QueueLayout
  private var isBig: Bool { layout.isBigEndian }

  /// An empty split ring of `size` entries, with memory in pieces of `piece` bytes.
  init(size: UInt32, packed: Bool = false, bigEndian: Bool = false, piece: Int = 1 << 16) {
    layout = QueueLayout(
      size: size, descriptors: 0x1000, driverArea: 0x5000, deviceArea: 0x6000)
    layout.isPacked = packed
    layout.isBigEndian = bigEndian
    var start: UInt64 = 0x1000
    while start < 0x11000 {
      memory.add(start, [UInt8](repeating: 0, count: piece))
      start += UInt64(piece)
    }
  }

  mutating func describe(
    _ index: Int, _ address: UInt64, _ length: UInt32, flags: UInt16 = 0, link: UInt16 = 0,
    table: UInt64 = 0x1000
  ) {
    let place = table + 16 * UInt64(index)
    memory.set(place, address, bigEndian: isBig)
    memory.set(place + 8, length, bigEndian: isBig)
    memory.set(place + 12, layout.isPacked ? link : flags, bigEndian: isBig)
    memory.set(place + 14, layout.isPacked ? flags : link, bigEndian: isBig)
  }

  mutating func offer(_ heads: [UInt16], from first: UInt16 = 0) {
    for (count, head) in heads.enumerated() {
      let slot = UInt64(UInt32(first &+ UInt16(count)) % layout.size)
      memory.set(0x5004 + 2 * slot, head, bigEndian: isBig)
    }
    memory.set(0x5002, first &+ UInt16(heads.count), bigEndian: isBig)
  }

  mutating func use(_ ids: [UInt32], from first: UInt16 = 0) {
    for (count, id) in ids.enumerated() {
      let slot = UInt64(UInt32(first &+ UInt16(count)) % layout.size)
      memory.set(0x6004 + 8 * slot, id, bigEndian: isBig)
    }
    memory.set(0x6002, first &+ UInt16(ids.count), bigEndian: isBig)
  }

  var snapshot: QueueSnapshot { QueueSnapshot(layout, in: memory) }

  /// Faults of the queue and of its chains.
  var faults: [RingFault] {
    let snapshot = snapshot
    return snapshot.faults + snapshot.pending.flatMap(\.faults)
  }
}
