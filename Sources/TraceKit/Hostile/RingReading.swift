import Model
import Wire

/// Everything that is read of one hostile ring, and what of it may not be.
///
/// Each walk is cut off at the bound that it promises, and one step beyond is a problem. A ring that
/// makes very many steps is not read to the end in every way, so that no input takes long.
public struct RingReading {
  private let layout: QueueLayout
  /// What was wrong with the reading, not with the ring; nil when all promises were kept.
  public private(set) var problem: String?
  /// Buffers and faults that were told.
  public private(set) var steps = 0
  private let byteCount: Int

  /// Steps behind which nothing more is begun.
  private static var stepLimit: Int { 1 << 14 }

  /// Reads `ring` by views, walks and snapshot, each twice or in two ways.
  public init(_ ring: HostileRing) {
    self.init(walking: ring)
    if layout.isPacked { readPacked(ring.memory) } else { readSplit(ring.memory) }
    if steps < Self.stepLimit { readSnapshot(ring) }
  }

  private mutating func demand(_ isKept: Bool, _ promise: String) {
    if !isKept, problem == nil { problem = promise }
  }

  // MARK: Views

  private mutating func readSplit(_ memory: HostileMemory) {
    guard let view = SplitQueueView(layout, in: memory) else { return }
    demand(view.isStable(in: memory), "memory that nobody writes is not stable")
    var expected: [Told] = []
    if view.pendingCount <= layout.size {
      for offset in 0..<view.pendingCount {
        guard steps < Self.stepLimit else { return }
        guard let head = view.head(at: view.usedIndex &+ offset, in: memory) else { continue }
        expected += walk(view.chain(head), memory).map { Told(UInt32(head), $0) }
      }
    }
    var told: [Told] = []
    view.walkPending(
      in: memory, buffers: { Told.append($0, to: &told) },
      fault: { told.append(Told($0, .fault($1))) })
    demand(told == expected, "the walk through tables is not the walk through memory")
  }

  private mutating func readPacked(_ memory: HostileMemory) {
    guard let view = PackedQueueView(layout, in: memory) else { return }
    demand(view.isStable(in: memory), "memory that nobody writes is not stable")
    demand(view.pendingSlots <= layout.size, "more slots are pending than there are")
    demand(view.nextAvailable < layout.size, "the driver stands beyond the ring")
    demand(view.nextUsed < layout.size, "the device stands beyond the ring")
    var expected: [Told] = []
    var slot = view.nextUsed
    var left = view.pendingSlots
    while left > 0 {
      guard steps < Self.stepLimit else { return }
      var count: UInt32 = 0
      expected += walk(view.chain(slot), memory, count: &count).map { Told(slot, $0) }
      count = max(count, 1)
      slot = (slot + count) % layout.size
      left = left > count ? left - count : 0
    }
    var told: [Told] = []
    view.walkPending(
      in: memory, buffers: { Told.append($0, to: &told) },
      fault: { told.append(Told($0, .fault($1))) })
    demand(told == expected, "the walk through tables is not the walk through memory")
  }

  private mutating func walk(
    _ walk: consuming ChainWalk, _ memory: HostileMemory
  ) -> [ChainStep] {
    var count: UInt32 = 0
    return self.walk(walk, memory, count: &count)
  }

  /// The steps of a chain, cut off behind what it may have, and how many descriptors it took.
  private mutating func walk(
    _ walk: consuming ChainWalk, _ memory: HostileMemory, count: inout UInt32
  ) -> [ChainStep] {
    var found: [ChainStep] = []
    while found.count < Self.keptSteps, let step = walk.next(in: memory) {
      found.append(step)
      guard found.count <= bound else {
        demand(false, "a chain has more steps than its tables have descriptors")
        break
      }
    }
    count = walk.ringCount
    steps += found.count
    guard found.count < Self.keptSteps else { return found }
    demand(walk.next(in: memory) == nil, "a walk goes on behind its end")
    demand(count <= layout.size, "a chain takes more descriptors than there are")
    return found
  }

  /// Steps that are kept of one chain: the table of a packed ring may have 2^28 descriptors.
  private static var keptSteps: Int { 1 << 17 }

  /// Steps that a chain may have: the descriptors of the ring, those of one table, and a fault at
  /// its entry and at the end. A table's chain reaches 65,536 descriptors at most, one of a packed
  /// ring those that memory holds.
  private var bound: Int {
    Int(clamping: layout.size) + (layout.isPacked ? byteCount / 16 + 1 : 1 << 16) + 2
  }

  // MARK: Snapshot

  /// Slots of a ring up to which each is read, and twice: many more are no other case, and take long.
  private static var slotLimit: UInt32 { 256 }

  private mutating func readSnapshot(_ ring: HostileRing) {
    let isSmall = layout.size <= Self.slotLimit
    let first = QueueSnapshot(layout, in: ring.memory, taken: ring.taken, slots: isSmall)
    if isSmall {
      let second = QueueSnapshot(layout, in: ring.memory, taken: ring.taken, slots: true)
      demand(first == second, "the snapshot is not the same again")
    }
    demand(first.isStable, "memory that nobody writes is not stable")
    demand(first.pending.count <= Int(layout.size), "more chains than the queue has entries")
    demand(first.free <= layout.size, "more is free than there is")
    for chain in first.pending + first.slots {
      demand(chain.ringCount <= layout.size, "a chain takes more descriptors than there are")
      steps += chain.buffers.count + chain.faults.count
    }
  }
}

extension RingReading {
  /// Walks from any descriptor of any table, in memory that `bytes` choose; tells a broken promise.
  public static func chains(of bytes: [UInt8]) -> String? {
    let packed = (bytes.first ?? 0) & 1 != 0
    let ring = HostileRing(Array(bytes.dropFirst()), packed: packed)
    var reading = RingReading(walking: ring)
    for number in 0..<min(ring.layout.size, 64) + 2 {
      // The last ones begin beyond the ring.
      let walks =
        packed
        ? [false, true].map { ChainWalk(ring.layout, slot: number, wrap: $0) }
        : [ChainWalk(ring.layout, head: UInt16(truncatingIfNeeded: number))]
      for walk in walks where reading.steps < stepLimit {
        let first = reading.walk(walk, ring.memory)
        let second = reading.walkThroughTables(walk, ring.memory)
        reading.demand(first == second, "the walk through tables is not the walk through memory")
      }
    }
    reading.readTables(ring.memory)
    return reading.problem
  }

  private init(walking ring: HostileRing) {
    layout = ring.layout
    byteCount = ring.memory.byteCount
  }

  private func walkThroughTables(
    _ walk: consuming ChainWalk, _ memory: HostileMemory
  ) -> [ChainStep] {
    var tables = RingTables(layout, in: memory)
    var found: [ChainStep] = []
    while found.count < min(bound + 1, Self.keptSteps),
      let step = walk.next(in: memory, through: &tables)
    {
      found.append(step)
    }
    return found
  }

  /// The views of Wire over whatever memory lends at the queue's addresses.
  private mutating func readTables(_ memory: HostileMemory) {
    for address in [layout.descriptors, layout.driverArea, layout.deviceArea] {
      guard let bytes = memory.span(at: address, count: 512) else { continue }
      for count in [bytes.byteCount, bytes.byteCount & ~15, Int(layout.size & 31) * 16] {
        guard
          let table = IndirectTable(
            bytes.extracting(first: count), bigEndian: layout.isBigEndian)
        else { continue }
        demand(table.count * 16 <= bytes.byteCount, "a table is longer than its bytes")
        for index in -1...table.count {
          let isThere = index >= 0 && index < table.count
          demand((table.descriptor(index) != nil) == isThere, "a table ends elsewhere")
          demand((table.packedDescriptor(index) != nil) == isThere, "a table ends elsewhere")
        }
      }
    }
  }
}

/// One step and the chain that it belongs to.
private struct Told: Equatable {
  var head: UInt32
  var step: ChainStep
  init(_ head: UInt32, _ step: ChainStep) {
    self.head = head
    self.step = step
  }

  static func append(_ buffers: Span<ChainBuffer>, to told: inout [Told]) {
    for place in buffers.indices {
      told.append(Told(buffers[place].head, .buffer(buffers[place].buffer)))
    }
  }
}
