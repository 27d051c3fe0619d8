internal import Wire

/// What nearly every chain is: each descriptor in one piece of memory, and none with a fault that ends
/// or interrupts the walk. Such a chain is walked here in a few instructions for each buffer; whatever
/// else a descriptor may be, it is left to `ChainWalk`, which then passes by what was told already.
extension RingTables {
  /// How far a plain chain went.
  struct PlainChain {
    /// Buffers that were told.
    var told = 0
    /// The chain ended; else `ChainWalk` has to go on behind them.
    var isWhole = false
    /// Descriptors of the ring that the chain takes, when it ended.
    var ringCount: UInt32 = 0
  }

  /// Tells buffers of the chain of a split queue that begins at `head`.
  @inline(__always) @_lifetime(self: copy self, borrow memory)
  mutating func tellSplit(
    _ head: UInt16, _ layout: QueueLayout, in memory: borrowing some GuestMemory & ~Copyable,
    _ tell: (RingBuffer) -> Void
  ) -> PlainChain {
    var chain = PlainChain()
    var place: UInt64?
    var (index, limit, left) = (UInt32(head), layout.size, layout.size)
    var sawWritable = false
    while index < limit, left > 0 {
      let found =
        place == nil ? descriptor(index, ofSplit: layout) : entry(index, ofSplit: layout)
      guard let found else { break }
      left &-= 1
      if found.flags.contains(.indirect) {
        guard place == nil, enters(found, layout, in: memory) else { break }
        place = found.address
        limit = found.length / 16
        left = ChainWalk.stepLimit(inTable: limit, layout)
        index = 0
        continue
      }
      var problems = RingBuffer.Problems(of: found, sawWritable: sawWritable)
      if layout.isInOrder {
        problems.insertOrder(of: found, index, layout, inTable: place != nil)
      }
      guard holds(found, problems, in: memory) else { break }
      tell(RingBuffer(found, index: index, table: place, problems: problems))
      chain.told &+= 1
      sawWritable = sawWritable || found.flags.contains(.write)
      guard found.flags.contains(.next) else {
        chain.isWhole = true
        break
      }
      index = UInt32(found.link)
    }
    return chain
  }

  /// Tells buffers of the chain of a packed queue that begins in `slot`, available while the driver's
  /// wrap counter is `wrap`.
  @inline(__always) @_lifetime(self: copy self, borrow memory)
  mutating func tellPacked(
    _ slot: UInt32, wrap: Bool, _ layout: QueueLayout,
    in memory: borrowing some GuestMemory & ~Copyable, _ tell: (RingBuffer) -> Void
  ) -> PlainChain {
    var chain = PlainChain()
    var (index, wrap) = (slot, wrap)
    var sawWritable = false
    while index < layout.size, chain.ringCount < layout.size {
      guard let found = descriptor(index, ofPacked: layout), found.flags.isAvailable(wrap)
      else { break }
      chain.ringCount &+= 1
      if found.flags.contains(.indirect) {
        guard chain.ringCount == 1, enters(found, layout, in: memory) else { break }
        tellTable(found, layout, in: memory, &chain, tell)
        break
      }
      let problems = RingBuffer.Problems(of: found, sawWritable: sawWritable)
      guard holds(found, problems, in: memory) else { break }
      tell(RingBuffer(found, index: index, table: nil, problems: problems))
      chain.told &+= 1
      sawWritable = sawWritable || found.flags.contains(.write)
      guard found.flags.contains(.next) else {
        chain.isWhole = true
        break
      }
      index &+= 1
      if index == layout.size {
        index = 0
        wrap.toggle()
      }
    }
    return chain
  }

  /// Tells the buffers in the table of a packed queue, which all belong to its chain.
  @inline(__always) @_lifetime(self: copy self, borrow memory)
  private mutating func tellTable(
    _ table: RingDescriptor, _ layout: QueueLayout,
    in memory: borrowing some GuestMemory & ~Copyable, _ chain: inout PlainChain,
    _ tell: (RingBuffer) -> Void
  ) {
    var sawWritable = false
    for index in 0..<table.length / 16 {
      guard let found = entry(index, ofPacked: layout) else { return }
      var problems = RingBuffer.Problems(of: found, sawWritable: sawWritable)
      problems.insertFlags(of: found)
      guard holds(found, problems, in: memory) else { return }
      tell(RingBuffer(found, index: index, table: table.address, problems: problems))
      chain.told &+= 1
      sawWritable = sawWritable || found.flags.contains(.write)
    }
    chain.isWhole = true
  }

  /// Borrows the table of an indirect descriptor; false when anything is odd about either.
  @inline(__always) @_lifetime(self: copy self, borrow memory)
  private mutating func enters(
    _ found: RingDescriptor, _ layout: QueueLayout,
    in memory: borrowing some GuestMemory & ~Copyable
  ) -> Bool {
    guard found.length > 0, found.length % 16 == 0, layout.allowsIndirect,
      !found.flags.contains(.next), !found.wraps
    else { return false }
    enter(found.address, count: Int(found.length), in: memory)
    return true
  }
}

extension ChainWalk {
  /// Walks the chain from its head and tells what stands behind `count` buffers.
  @inline(never) @_lifetime(tables: copy tables, borrow memory)
  mutating func rest(
    behind count: Int, head: UInt32, in memory: borrowing some GuestMemory & ~Copyable,
    through tables: inout RingTables, _ batch: inout ChainBufferBatch,
    _ buffers: (Span<ChainBuffer>) -> Void, _ fault: (UInt32, RingFault) -> Void
  ) {
    var left = count
    while let step = next(in: memory, through: &tables) {
      switch step {
      case .buffer where left > 0: left &-= 1
      case .buffer(let buffer): batch.append(ChainBuffer(head, buffer), buffers)
      case .fault(let found):
        batch.flush(buffers)
        fault(head, found)
      }
    }
  }
}
