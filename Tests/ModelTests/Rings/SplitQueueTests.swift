import Model
import Testing

/// Split rings, written by hand.
@Suite struct SplitQueueTests {
  @Test(arguments: [false, true], [1 << 16, 6, 1])
  func readsChains(bigEndian: Bool, piece: Int) {
    var ring = MadeRing(size: 4, bigEndian: bigEndian, piece: piece)
    ring.describe(2, 0x9000, 16, flags: 1, link: 0)
    ring.describe(0, 0xa000, 512, flags: 3, link: 1)
    ring.describe(1, 0xb000, 1, flags: 2)
    ring.offer([2])
    let snapshot = ring.snapshot
    #expect(snapshot.faults == [])
    #expect(snapshot.pendingCount == 1)
    #expect(snapshot.free == 1)
    #expect(snapshot.pending.map(\.head) == [2])
    #expect(snapshot.pending.first?.buffers.map(\.address) == [0x9000, 0xa000, 0xb000])
    #expect(snapshot.pending.first?.buffers.map(\.length) == [16, 512, 1])
    #expect(snapshot.pending.first?.buffers.map(\.isWritable) == [false, true, true])
  }

  @Test func indexesWrapAtSixteenBits() {
    var ring = MadeRing(size: 4)
    for index in 0..<4 { ring.describe(index, 0x9000, 8) }
    ring.use([0, 1], from: 0xfffc)
    ring.offer([0, 1, 2, 3], from: 0xfffc)
    #expect(ring.snapshot.availableIndex == 0)
    #expect(ring.snapshot.usedIndex == 0xfffe)
    #expect(ring.snapshot.pending.map(\.head) == [2, 3])
  }

  @Test func findsWhatAnOutOfOrderDeviceLeft() {
    var ring = MadeRing(size: 4)
    for index in 0..<4 { ring.describe(index, 0x9000, 8) }
    ring.offer([0, 1, 2])
    ring.use([2, 1])
    #expect(ring.snapshot.pending.map(\.head) == [0])
  }

  @Test func indirectTable() {
    var ring = MadeRing(size: 4)
    ring.describe(3, 0x8000, 32, flags: 4)
    ring.describe(0, 0x9000, 16, flags: 1, link: 1, table: 0x8000)
    ring.describe(1, 0xa000, 8, flags: 2, table: 0x8000)
    ring.offer([3])
    #expect(ring.faults == [])
    #expect(ring.snapshot.pending.first?.buffers.map(\.table) == [0x8000, 0x8000])
    #expect(ring.snapshot.free == 3)
  }

  /// A ring broken in one way, and the fault that is due with its position.
  struct Hostile: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var fault: RingFault
    var make: @Sendable (inout MadeRing) -> Void
  }

  static let hostile: [Hostile] = [
    Hostile(
      testDescription: "head beyond the table",
      fault: RingFault(.headOutOfRange, at: .available(0), value: 4)
    ) { $0.offer([4]) },
    Hostile(
      testDescription: "next beyond the table",
      fault: RingFault(.nextOutOfRange, at: .descriptor(1), value: 4)
    ) {
      $0.describe(1, 0x9000, 8, flags: 1, link: 4)
      $0.offer([1])
    },
    Hostile(
      testDescription: "chain to itself", fault: RingFault(.loop, at: .descriptor(1))
    ) {
      $0.describe(1, 0x9000, 8, flags: 1, link: 1)
      $0.offer([1])
    },
    Hostile(
      testDescription: "table inside a table",
      fault: RingFault(.nestedIndirect, at: .indirect(table: 0x8000, entry: 0))
    ) {
      $0.describe(0, 0x8000, 16, flags: 4)
      $0.describe(0, 0x8000, 16, flags: 4, table: 0x8000)
      $0.offer([0])
    },
    Hostile(
      testDescription: "loop in a table",
      fault: RingFault(.loop, at: .indirect(table: 0x8000, entry: 0))
    ) {
      $0.describe(0, 0x8000, 32, flags: 4)
      $0.describe(0, 0x9000, 16, flags: 1, link: 1, table: 0x8000)
      $0.describe(1, 0x9000, 16, flags: 1, link: 0, table: 0x8000)
      $0.offer([0])
    },
    Hostile(
      testDescription: "next beyond an indirect table",
      fault: RingFault(.nextOutOfRange, at: .indirect(table: 0x8000, entry: 0), value: 2)
    ) {
      $0.describe(0, 0x8000, 32, flags: 4)
      $0.describe(0, 0x9000, 16, flags: 1, link: 2, table: 0x8000)
      $0.offer([0])
    },
    Hostile(
      testDescription: "table of 17 bytes",
      fault: RingFault(.indirectLength, at: .descriptor(0), value: 17)
    ) {
      $0.describe(0, 0x8000, 17, flags: 4)
      $0.offer([0])
    },
    Hostile(
      testDescription: "empty table", fault: RingFault(.indirectEmpty, at: .descriptor(0))
    ) {
      $0.describe(0, 0x8000, 0, flags: 4)
      $0.offer([0])
    },
    Hostile(
      testDescription: "table at an address that wraps",
      fault: RingFault(.addressWraps, at: .descriptor(0), value: .max - 7)
    ) {
      $0.describe(0, .max - 7, 16, flags: 4)
      $0.offer([0])
    },
    Hostile(
      testDescription: "table that nothing backs",
      fault: RingFault(
        .notBacked, at: .indirect(table: 0x100_0000, entry: 0), value: 0x100_0000)
    ) {
      $0.describe(0, 0x100_0000, 16, flags: 4)
      $0.offer([0])
    },
    Hostile(
      testDescription: "INDIRECT and NEXT",
      fault: RingFault(.indirectWithNext, at: .descriptor(0))
    ) {
      $0.describe(0, 0x8000, 16, flags: 5, link: 1)
      $0.describe(0, 0x9000, 16, table: 0x8000)
      $0.offer([0])
    },
    Hostile(
      testDescription: "INDIRECT not negotiated",
      fault: RingFault(.indirectNotNegotiated, at: .descriptor(0))
    ) {
      $0.layout.allowsIndirect = false
      $0.describe(0, 0x8000, 16, flags: 4)
      $0.describe(0, 0x9000, 16, table: 0x8000)
      $0.offer([0])
    },
    Hostile(
      testDescription: "empty buffer", fault: RingFault(.zeroLength, at: .descriptor(0))
    ) {
      $0.describe(0, 0x9000, 0)
      $0.offer([0])
    },
    Hostile(
      testDescription: "buffer that wraps",
      fault: RingFault(.bufferWraps, at: .descriptor(0), value: .max)
    ) {
      $0.describe(0, .max, 2)
      $0.offer([0])
    },
    Hostile(
      testDescription: "buffer outside memory",
      fault: RingFault(.bufferOutsideMemory, at: .descriptor(0), value: 0x10fff)
    ) {
      $0.memory.isWhole = true
      $0.describe(0, 0x10fff, 2)
      $0.offer([0])
    },
    Hostile(
      testDescription: "readable behind writable",
      fault: RingFault(.readableAfterWritable, at: .descriptor(1))
    ) {
      $0.describe(0, 0x9000, 8, flags: 3, link: 1)
      $0.describe(1, 0x9000, 8)
      $0.offer([0])
    },
    Hostile(
      testDescription: "head available twice",
      fault: RingFault(.headTwice, at: .available(1), value: 1)
    ) {
      $0.describe(1, 0x9000, 8)
      $0.offer([1, 1])
    },
    Hostile(
      testDescription: "index ahead by more than the size",
      fault: RingFault(.tooManyAvailable, at: .queue, value: 5)
    ) { $0.offer([0, 1, 2, 3, 0]) },
    Hostile(
      testDescription: "used index ahead of the available one",
      fault: RingFault(.tooManyAvailable, at: .queue, value: 0xffff)
    ) { $0.use([0]) },
    Hostile(
      testDescription: "used id beyond the table",
      fault: RingFault(.usedOutOfRange, at: .used(0), value: 0x10000)
    ) {
      $0.offer([0])
      $0.use([0x10000])
    },
    Hostile(
      testDescription: "size no power of two",
      fault: RingFault(.sizeNotPowerOfTwo, at: .queue, value: 3)
    ) { $0.layout.size = 3 },
    Hostile(
      testDescription: "size 0", fault: RingFault(.sizeNotPossible, at: .queue, value: 0)
    ) { $0.layout.size = 0 },
    Hostile(
      testDescription: "size 65536", fault: RingFault(.sizeNotPossible, at: .queue, value: 65536)
    ) { $0.layout.size = 65536 },
    Hostile(
      testDescription: "misaligned table",
      fault: RingFault(.misaligned, at: .descriptorArea, value: 0x1008)
    ) { $0.layout.descriptors = 0x1008 },
    Hostile(
      testDescription: "ring at an address that wraps",
      fault: RingFault(.addressWraps, at: .deviceArea, value: .max - 3)
    ) { $0.layout.deviceArea = .max - 3 },
    Hostile(
      testDescription: "ring that nothing backs",
      fault: RingFault(.notBacked, at: .driverArea, value: 0x20_0000)
    ) { $0.layout.driverArea = 0x20_0000 },
  ]

  @Test(arguments: hostile) func hostileRingsAreFaults(hostile: Hostile) {
    var ring = MadeRing(size: 4)
    hostile.make(&ring)
    #expect(ring.faults.contains(hostile.fault), "\(ring.faults)")
  }

  @Test func aLargeTableEnds() {
    // 2^28 - 1 entries are claimed; memory ends after some.
    var ring = MadeRing(size: 4)
    ring.describe(0, 0x8000, 0xffff_fff0, flags: 4)
    for index in 0..<64 {
      ring.describe(index, 0x9000, 8, flags: 1, link: UInt16(index + 1), table: 0x8000)
    }
    ring.offer([0])
    #expect(ring.snapshot.pending.first?.buffers.count == 65)
  }

  @Test func legacyLayoutFollowsFromTheAddress() {
    let layout = QueueLayout.legacy(address: 0x10000, size: 256, alignment: 4096)
    #expect(layout.driverArea == 0x11000)
    #expect(layout.deviceArea == 0x12000)
  }

  @Test func suppressionTellsWhatIsDue() {
    var ring = MadeRing(size: 4)
    for index in 0..<4 { ring.describe(index, 0x9000, 8) }
    ring.offer([0, 1])
    ring.memory.set(0x6000, UInt16(1))
    #expect(ring.snapshot.kickDue == false)
    ring.layout.hasEventIndex = true
    ring.memory.set(0x6004 + 8 * 4, UInt16(1))  // wants to hear of index 1: passed at 2
    #expect(ring.snapshot.kickDue == true)
    #expect(ring.snapshot.inFlight == 1)
    ring.memory.set(0x6004 + 8 * 4, UInt16(2))
    #expect(ring.snapshot.kickDue == false)
    #expect(ring.snapshot.inFlight == 2)
  }
}
