/// Queues of 256 entries, all of them pending, in one piece of guest memory: what the walks of the
/// benchmark go over.
struct MadeRings {
  /// How the descriptors of a queue are used.
  enum Shape: String, CaseIterable {
    case single = "256 chains of 1"
    case chained = "64 chains of 4"
    case indirect = "256 indirect tables of 4"
  }

  static let start: UInt64 = 0x4000_0000
  static let size = 256
  /// Table, rings and indirect tables of one queue.
  static let stride = 0x6000

  let shape: Shape
  let isPacked: Bool
  let count: Int
  private(set) var bytes: [UInt8]
  private var random: UInt64

  init(_ shape: Shape, packed: Bool, count: Int, seed: UInt64) {
    self.shape = shape
    self.count = count
    isPacked = packed
    random = seed
    bytes = [UInt8](repeating: 0, count: count * Self.stride)
    for queue in 0..<count { packed ? makePacked(queue) : makeSplit(queue) }
  }

  func descriptors(_ queue: Int) -> UInt64 { Self.start + UInt64(queue * Self.stride) }
  func driverArea(_ queue: Int) -> UInt64 { descriptors(queue) + 0x1000 }
  func deviceArea(_ queue: Int) -> UInt64 { descriptors(queue) + 0x1400 }
  private func tables(_ queue: Int) -> UInt64 { descriptors(queue) + 0x2000 }

  /// Changes bytes of the descriptor tables, available rings and indirect tables, so that both
  /// walks must make the same of faults.
  mutating func damage(_ changes: Int) {
    for _ in 0..<changes {
      let queue = Int(roll(count))
      // Not the indexes: too many pending chains are none that are walked.
      let place = [Int(roll(0x1000)), 0x1004 + Int(roll(0x200)), 0x2000 + Int(roll(0x4000))][
        Int(roll(3))]
      bytes[queue * Self.stride + place] ^= UInt8(1 << roll(8))
    }
  }

  /// xorshift64.
  private mutating func roll(_ below: Int) -> UInt64 {
    random ^= random << 13
    random ^= random >> 7
    random ^= random << 17
    return (random >> 8) % UInt64(below)
  }

  private mutating func shuffled() -> [Int] {
    var list = Array(0..<Self.size)
    for index in list.indices.dropFirst() { list.swapAt(index, Int(roll(index + 1))) }
    return list
  }

  private mutating func set<T: FixedWidthInteger>(_ address: UInt64, _ value: T) {
    let start = Int(address - Self.start)
    for index in 0..<MemoryLayout<T>.size {
      bytes[start + index] = UInt8(truncatingIfNeeded: value >> (8 * index))
    }
  }

  private mutating func describe(_ address: UInt64, flags: UInt16, link: UInt16) {
    // Buffers lie in memory, as those of a guest do; that they overlap matters to nobody.
    let length = roll(0x1000) + 1
    set(address, Self.start + roll(bytes.count - Int(length)))
    set(address + 8, UInt32(length))
    set(address + 12, isPacked ? link : flags)
    set(address + 14, isPacked ? flags : link)
  }

  /// A table of four buffers, of which the device writes the last two; split: in a chain.
  private mutating func makeTable(_ queue: Int, _ index: Int, at address: UInt64, flags: UInt16) {
    let table = tables(queue) + UInt64(index * 64)
    for entry in 0..<4 {
      let next: UInt16 = !isPacked && entry < 3 ? 1 : 0
      describe(
        table + UInt64(entry * 16), flags: next | (entry < 2 ? 0 : 2), link: UInt16(entry + 1))
    }
    describe(address, flags: flags | 4, link: UInt16(index))
    set(address, table)
    set(address + 8, UInt32(64))
  }

  /// Descriptors in any order, as they come from a free list that was used for long.
  private mutating func makeSplit(_ queue: Int) {
    let order = shuffled()
    let length = shape == .chained ? 4 : 1
    let first = UInt16(roll(0x10000))
    for (place, index) in order.enumerated() {
      let address = descriptors(queue) + UInt64(index * 16)
      let inChain = place % length
      if shape == .indirect {
        makeTable(queue, Int(order[(place + 7) % Self.size]), at: address, flags: 0)
      } else if inChain < length - 1 {
        describe(address, flags: inChain < 2 ? 1 : 3, link: UInt16(order[place + 1]))
      } else {
        describe(address, flags: length == 1 ? UInt16(place % 2 * 2) : 2, link: 0)
      }
      if inChain == 0 {
        let position = first &+ UInt16(place / length)
        set(driverArea(queue) + 4 + 2 * UInt64(position % 256), UInt16(index))
      }
    }
    set(deviceArea(queue) + 2, first)
    set(driverArea(queue) + 2, first &+ UInt16(Self.size / length))
  }

  /// The first round: every slot is available, none is used.
  private mutating func makePacked(_ queue: Int) {
    let order = shuffled()
    let length = shape == .chained ? 4 : 1
    for slot in 0..<Self.size {
      let address = descriptors(queue) + UInt64(slot * 16)
      let inChain = slot % length
      if shape == .indirect {
        makeTable(queue, order[slot], at: address, flags: 0x80)
      } else {
        let next: UInt16 = inChain < length - 1 ? 1 : 0
        let write: UInt16 = (length == 1 ? slot % 2 == 1 : inChain >= 2) ? 2 : 0
        describe(address, flags: 0x80 | next | write, link: UInt16(order[slot]))
      }
    }
  }
}
