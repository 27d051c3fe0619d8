import Model
import Testing

/// Packed rings, written by hand. AVAIL is bit 7 and USED bit 15.
@Suite struct PackedQueueTests {
  static let first: UInt16 = 0x80
  static let firstUsed: UInt16 = 0x8080
  static let second: UInt16 = 0x8000

  @Test func freshRing() {
    let ring = MadeRing(size: 4, packed: true)
    let snapshot = ring.snapshot
    #expect(snapshot.availableIndex == 0)
    #expect(snapshot.availableWrap == true)
    #expect(snapshot.usedWrap == true)
    #expect(snapshot.pendingCount == 0)
    #expect(snapshot.free == 4)
  }

  @Test func chainInTheFirstRound() {
    var ring = MadeRing(size: 4, packed: true)
    ring.describe(0, 0x9000, 16, flags: Self.first | 1, link: 7)
    ring.describe(1, 0xa000, 8, flags: Self.first | 2, link: 7)
    let snapshot = ring.snapshot
    #expect(snapshot.availableIndex == 2)
    #expect(snapshot.usedIndex == 0)
    #expect(snapshot.pending.map(\.id) == [7])
    #expect(snapshot.pending.first?.buffers.map(\.address) == [0x9000, 0xa000])
    #expect(snapshot.pending.first?.faults == [])
  }

  @Test func restOfAUsedChainIsNotAvailable() {
    var ring = MadeRing(size: 4, packed: true)
    ring.describe(0, 0x9000, 0, flags: Self.firstUsed, link: 7)
    ring.describe(1, 0xa000, 8, flags: Self.first | 1, link: 7)
    ring.describe(2, 0xb000, 8, flags: Self.first, link: 7)
    #expect(ring.snapshot.pendingCount == 0)
    #expect(ring.snapshot.usedIndex == 3)
  }

  @Test func chainAcrossTheWrap() {
    var ring = MadeRing(size: 4, packed: true)
    for slot in 0..<3 { ring.describe(slot, 0x9000, 0, flags: Self.firstUsed, link: 1) }
    ring.describe(3, 0xa000, 8, flags: Self.first | 1, link: 2)
    ring.describe(0, 0xb000, 8, flags: Self.second, link: 2)
    let snapshot = ring.snapshot
    #expect(snapshot.availableIndex == 1)
    #expect(snapshot.availableWrap == false)
    #expect(snapshot.usedIndex == 3)
    #expect(snapshot.usedWrap == true)
    #expect(snapshot.pending.map(\.buffers.count) == [2])
    #expect(snapshot.pending.first?.faults == [])
  }

  @Test func fullRing() {
    var ring = MadeRing(size: 4, packed: true)
    for slot in 0..<4 { ring.describe(slot, 0x9000, 8, flags: Self.first, link: UInt16(slot)) }
    let snapshot = ring.snapshot
    #expect(snapshot.pendingCount == 4)
    #expect(snapshot.free == 0)
    #expect(snapshot.availableWrap == false)
    #expect(snapshot.usedWrap == true)
    #expect(snapshot.pending.map(\.id) == [0, 1, 2, 3])
  }

  @Test func everyEntryOfATableBelongsToTheChain() {
    var ring = MadeRing(size: 4, packed: true)
    ring.describe(0, 0x8000, 32, flags: Self.first | 4, link: 3)
    ring.describe(0, 0x9000, 16, table: 0x8000)
    ring.describe(1, 0xa000, 16, flags: 2, table: 0x8000)
    #expect(ring.snapshot.pending.first?.buffers.map(\.address) == [0x9000, 0xa000])
    #expect(ring.snapshot.pending.first?.id == 3)
  }

  @Test func endlessChainEnds() {
    var ring = MadeRing(size: 4, packed: true)
    for slot in 0..<4 { ring.describe(slot, 0x9000, 8, flags: Self.first | 1) }
    #expect(ring.faults.contains { $0.kind == .chainNotAvailable || $0.kind == .loop })
  }

  @Test func chainBeyondWhatIsAvailable() {
    var ring = MadeRing(size: 4, packed: true)
    ring.describe(0, 0x9000, 8, flags: Self.first | 1)
    #expect(ring.faults.contains(RingFault(.chainNotAvailable, at: .descriptor(1))))
  }

  @Test func secondChangeOfTheRoundIsAFault() {
    var ring = MadeRing(size: 8, packed: true)
    ring.describe(0, 0x9000, 8, flags: Self.first)
    ring.describe(5, 0x9000, 8, flags: Self.first)
    #expect(ring.faults.contains(RingFault(.wrapUnclear, at: .descriptor(5))))
    #expect(!ring.snapshot.isCertain)
  }

  @Test func eventSuppression() {
    var ring = MadeRing(size: 4, packed: true)
    ring.describe(0, 0x9000, 8, flags: Self.first)
    ring.memory.set(0x6002, UInt16(1))
    #expect(ring.snapshot.kickDue == false)
    ring.memory.set(0x6002, UInt16(2))
    ring.memory.set(0x6000, UInt16(0x8000))
    #expect(ring.snapshot.kickDue == true)
    ring.memory.set(0x6000, UInt16(0x8001))
    #expect(ring.snapshot.kickDue == false)
  }

  /// Any flags in any slot end in a value.
  @Test func everyCombinationOfFlagsEnds() {
    let choices: [UInt16] = [0, 1, 4, 0x80, 0x81, 0x84, 0x8000, 0x8001, 0x8080]
    var number = 0
    for first in choices {
      for second in choices {
        for third in choices {
          var ring = MadeRing(size: 3, packed: true)
          for (slot, flags) in [first, second, third].enumerated() {
            ring.describe(slot, 0x8000, 32, flags: flags, link: UInt16(number % 3))
          }
          number += 1
          let snapshot = ring.snapshot
          #expect(snapshot.pendingCount <= 3)
          #expect(snapshot.pending.count <= 3)
        }
      }
    }
  }
}
