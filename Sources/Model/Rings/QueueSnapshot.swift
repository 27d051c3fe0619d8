/// What is in one virtqueue, collected for reports.
public struct QueueSnapshot: Sendable, Equatable {
  public var layout: QueueLayout
  /// The rings could be read; else only `layout` and `faults` say anything.
  public var isReadable = false
  /// Split: ring indexes; packed: slots.
  public var availableIndex: UInt32 = 0
  public var usedIndex: UInt32 = 0
  /// Packed: the wrap counters.
  public var availableWrap: Bool?
  public var usedWrap: Bool?
  /// Flags of the rings; packed: of the event suppression structures.
  public var availableFlags: UInt16?
  public var usedFlags: UInt16?
  public var usedEvent: UInt16?
  public var availableEvent: UInt16?
  /// Descriptors of the ring that no pending chain takes.
  public var free: UInt32 = 0
  /// Chains (packed: slots) that the driver made available and the device did not use.
  public var pendingCount: UInt32 = 0
  /// Those of them that the device took; nil where nothing tells.
  public var inFlight: UInt32?
  /// Used elements that the driver is not known to have seen; nil where nothing tells.
  public var used: UInt32?
  public var pending: [Chain] = []
  /// Every slot of the available ring with its chain, pending or stale, when asked for.
  public var slots: [Chain] = []
  /// The pending chains are these and no others.
  public var isCertain = true
  /// The indexes did not move while the rings were read.
  public var isStable = true
  public var kickDue: Bool?
  public var interruptDue: Bool?
  public var faults: [RingFault] = []
  /// What looks like a fault of the queue or of a chain and may be none, for the reason in `doubt`.
  public var undecidable: [RingFault] = []
  public var doubt: Doubt?

  /// Why what was found in memory accuses nobody.
  public enum Doubt: String, Sendable {
    /// Driver or device went on while the rings were read, each time that it was tried.
    case changing
    /// The addresses may be those of an IOMMU.
    case translated
  }

  /// Those pending that the device did not take, as far as known.
  public var available: UInt32 { pendingCount - min(inFlight ?? 0, pendingCount) }

  /// A chain with its buffers.
  public struct Chain: Sendable, Equatable {
    /// Slot of the available ring, or of the packed ring.
    public var slot: UInt32
    /// First descriptor.
    public var head: UInt32
    /// Buffer id; split: the head.
    public var id: UInt32
    public var buffers: [RingBuffer] = []
    public var faults: [RingFault] = []
    /// Descriptors of the ring that the chain takes.
    public var ringCount: UInt32 = 0
  }

  /// Buffers and faults that one queue's report keeps of all its chains together, so that a hostile
  /// ring cannot fill memory: a table may be 2^28 descriptors long.
  static var bufferLimit: Int { 1 << 17 }

  /// How often a queue is read that changes meanwhile.
  static var attemptLimit: Int { 8 }

  /// Reads a queue; again where it changed meanwhile, a bounded number of times.
  ///
  /// - Parameters:
  ///   - taken: how many pending chains (packed: slots) the device took, where that was told.
  ///   - usedIndex: split: the used index where memory does not hold it.
  ///   - slots: collect the chains of all slots of a split queue's available ring too.
  public init(
    _ layout: QueueLayout, in memory: borrowing some GuestMemory & ~Copyable,
    taken: UInt32? = nil, usedIndex: UInt16? = nil, slots: Bool = false
  ) {
    self.layout = layout
    var found: [RingFault] = []
    let canRead = layout.check { found.append($0) }
    faults = found
    guard canRead else { return }
    let start = self
    for _ in 0..<Self.attemptLimit {
      self = start
      if layout.isPacked {
        readPacked(in: memory, taken: taken)
      } else {
        readSplit(in: memory, taken: taken, usedIndex: usedIndex, slots: slots)
      }
      if isStable { break }
    }
    if !isStable { doubt(.changing, keeping: found) }
    if layout.mayBeTranslated { doubt(.translated, keeping: found) }
  }

  /// Notes why the rings that were read accuse nobody: every fault is undecidable but those of the
  /// layout, which no ring had a part in.
  public mutating func doubt(_ doubt: Doubt) {
    var ofLayout: [RingFault] = []
    _ = layout.check { ofLayout.append($0) }
    self.doubt(doubt, keeping: ofLayout)
  }

  private mutating func doubt(_ doubt: Doubt, keeping ofLayout: [RingFault]) {
    self.doubt = self.doubt ?? doubt
    undecidable += faults.dropFirst(ofLayout.count)
    faults = ofLayout
    for index in pending.indices {
      undecidable += pending[index].faults
      pending[index].faults = []
    }
    for index in slots.indices {
      undecidable += slots[index].faults
      slots[index].faults = []
    }
  }

  /// The chain of `walk`, at most `room` buffers and faults of it.
  @_lifetime(tables: copy tables, borrow memory)
  static func collect(
    _ walk: consuming ChainWalk, slot: UInt32, head: UInt32, room: inout Int,
    in memory: borrowing some GuestMemory & ~Copyable, through tables: inout RingTables
  ) -> Chain {
    var chain = Chain(slot: slot, head: head, id: head)
    while room > 0, let step = walk.next(in: memory, through: &tables) {
      room -= 1
      switch step {
      case .buffer(let buffer):
        chain.buffers.append(buffer)
        chain.faults += buffer.faults
      case .fault(let fault): chain.faults.append(fault)
      }
    }
    chain.ringCount = walk.ringCount
    if walk.layout.isPacked { chain.id = UInt32(walk.id) }
    return chain
  }

  /// Notes which areas are not in memory.
  mutating func missing(in memory: borrowing some GuestMemory & ~Copyable) {
    for (place, address) in [
      (RingFault.Place.descriptorArea, layout.descriptors), (.driverArea, layout.driverArea),
      (.deviceArea, layout.deviceArea),
    ] where memory.span(at: address, count: 4)?.byteCount != 4 {
      faults.append(RingFault(.notBacked, at: place, value: address))
    }
    findGaps(in: memory)
  }

  /// Notes areas that go on where memory ends.
  mutating func findGaps(in memory: borrowing some GuestMemory & ~Copyable) {
    guard memory.isWhole else { return }
    for area in layout.areas {
      guard let gap = memory.gap(in: area.address...area.address &+ (area.count &- 1)),
        !faults.contains(where: { $0.kind == .notBacked && $0.place == area.place })
      else { continue }
      faults.append(RingFault(.notBacked, at: area.place, value: gap))
    }
  }
}
