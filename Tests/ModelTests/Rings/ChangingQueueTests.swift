import Model
import Testing

/// Queues whose driver and device go on while they are read.
@Suite struct ChangingQueueTests {
  enum Format: CaseIterable { case split, packed }

  /// A queue of four at work: in each step the device uses the older of two chains, and the driver
  /// makes another one available.
  static func steps(_ format: Format, _ count: Int = 400) -> [MadeRing] {
    var ring = MadeRing(size: 4, packed: format == .packed)
    var states: [MadeRing] = []
    for step in 0..<count {
      let (slot, before) = (step % 4, (step + 2) % 4)
      let address = 0x10_0000 + UInt64(step) << 8
      switch format {
      case .split:
        if step >= 2 { ring.use([UInt32(before)], from: UInt16(truncatingIfNeeded: step - 2)) }
        ring.describe(slot, address, 8)
        ring.offer([UInt16(slot)], from: UInt16(truncatingIfNeeded: step))
      case .packed:
        let round: (Int) -> UInt16 = { ($0 / 4) % 2 == 0 ? 0x80 : 0x8000 }
        if step >= 2 {
          let used: UInt16 = round(step - 2) == 0x80 ? 0x8080 : 0
          ring.describe(before, address, 0, flags: used, link: UInt16(before))
        }
        ring.describe(slot, address, 8, flags: round(step), link: UInt16(slot))
      }
      states.append(ring)
    }
    return states
  }

  /// Two chains are available, 1 and 2; then both are used, and 2 is available again, in the slot
  /// of 1: whoever believes the old indexes finds a head that is available twice.
  static let reused: [MadeRing] = {
    var before = MadeRing(size: 4)
    for index in 0..<4 { before.describe(index, 0x9000 + UInt64(index) << 8, 8) }
    before.offer([1, 2])
    var after = before
    after.offer([0, 3, 2], from: 2)
    after.use([1, 2, 0, 3])
    return [before, after]
  }()

  private struct Essence: Equatable {
    var indexes: [UInt32]
    var heads: [UInt32]
    var buffers: [UInt64]

    init(_ snapshot: QueueSnapshot) {
      indexes = [snapshot.availableIndex, snapshot.usedIndex, snapshot.pendingCount]
      heads = snapshot.pending.map(\.head)
      buffers = snapshot.pending.flatMap(\.buffers).map(\.address)
    }
  }

  private func accuses(_ snapshot: QueueSnapshot) -> Bool {
    !snapshot.faults.isEmpty || snapshot.pending.contains { !$0.faults.isEmpty }
  }

  @Test(arguments: Format.allCases) func eachStateHasNoFault(format: Format) {
    for ring in Self.steps(format, 20) + (format == .split ? Self.reused : []) {
      let snapshot = ring.snapshot
      #expect(!accuses(snapshot) && snapshot.isStable && snapshot.doubt == nil)
      #expect(snapshot.pendingCount > 0)
    }
  }

  /// Whenever a change comes, one of both states is read, and no fault.
  @Test(arguments: Format.allCases) func oneChangeAtAnyMoment(format: Format) {
    let steps = Self.steps(format, 9)
    for states in [[steps[3], steps[8]], [steps[2], steps[3]]] {
      let known = states.map { Essence($0.snapshot) }
      let all = ChangingMemory(states)
      for moment in 1...60 {
        let memory = all.every(.reads(moment))
        let snapshot = QueueSnapshot(states[0].layout, in: memory)
        let isOne = known.contains(Essence(snapshot))
        #expect(snapshot.isStable && snapshot.doubt == nil && isOne, "after \(moment) reads")
        let isClean = !accuses(snapshot) && snapshot.undecidable.isEmpty
        #expect(isClean, "after \(moment) reads")
      }
    }
  }

  /// A queue that goes on all the time accuses nobody, and what counts as stable is one of its
  /// states.
  @Test(arguments: Format.allCases) func changesAllTheTime(format: Format) {
    let states = Self.steps(format)
    let known = states.map { Essence($0.snapshot) }
    let all = ChangingMemory(states)
    var unstable = 0
    for pace in 1...60 {
      let memory = all.every(.reads(pace))
      let snapshot = QueueSnapshot(states[0].layout, in: memory)
      #expect(memory.current < states.count - 1, "the states do not suffice")
      #expect(!accuses(snapshot) && snapshot.isStable == (snapshot.doubt == nil), "\(pace)")
      guard snapshot.isStable else {
        unstable += 1
        continue
      }
      let isOne = known.contains(Essence(snapshot))
      #expect(isOne && snapshot.undecidable.isEmpty, "\(pace) reads a step")
    }
    #expect(unstable > 5 && unstable < 55)
  }

  @Test func whatATornReadingShowsIsUndecidable() {
    // Each reading takes four refreshes; the last attempt, the eighth, has its change in the
    // middle, and each one before it at its end.
    let others = (1...7).map { Self.steps(.split, 30)[$0 + 4] }
    let memory = ChangingMemory(others + Self.reused).every(.refreshes(4))
    memory.refresh()
    var layout = Self.reused[0].layout
    layout.descriptors += 8
    let snapshot = QueueSnapshot(layout, in: memory)
    #expect(snapshot.doubt == .changing && !snapshot.isStable)
    #expect(snapshot.undecidable.map(\.kind).contains(.headTwice))
    // The layout is nothing that changed.
    #expect(snapshot.faults == [RingFault(.misaligned, at: .descriptorArea, value: 0x1008)])
    #expect(snapshot.pending.flatMap(\.faults) == [])
  }

  @Test func aFaultThatStaysIsOne() {
    var last = Self.reused[1]
    last.offer([2], from: 5)
    let memory = ChangingMemory(Self.reused + [last]).every(.refreshes(3))
    let snapshot = QueueSnapshot(last.layout, in: memory)
    #expect(snapshot.isStable && snapshot.doubt == nil)
    #expect(snapshot.faults == [RingFault(.headTwice, at: .available(1), value: 2)])
  }

  @Test func aRoundOfAPackedRingIsSeenThoughItEndsWhereItBegan() {
    let steps = Self.steps(.packed, 16)
    let (one, other) = (steps[4], steps[12])
    #expect(one.snapshot.availableIndex == other.snapshot.availableIndex)
    #expect(one.snapshot.usedIndex == other.snapshot.usedIndex)
    #expect(one.snapshot.availableWrap == other.snapshot.availableWrap)
    let memory = ChangingMemory([one, other]).every(.refreshes(3))
    let snapshot = QueueSnapshot(one.layout, in: memory)
    #expect(snapshot.isStable && Essence(snapshot) == Essence(other.snapshot))
  }

  @Test func anIOMMUMakesFaultsUndecidable() {
    var ring = MadeRing(size: 4)
    ring.describe(1, 0x9000, 8)
    ring.offer([1, 1])
    #expect(ring.snapshot.faults.count == 1)
    ring.layout.mayBeTranslated = true
    #expect(ring.snapshot.faults == [] && ring.snapshot.doubt == .translated)
    #expect(ring.snapshot.undecidable.map(\.kind) == [.headTwice])
  }
}
