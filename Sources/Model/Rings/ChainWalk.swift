internal import Wire

/// One step of a walk along a chain.
public enum ChainStep: Sendable, Equatable {
  case buffer(RingBuffer)
  /// Most faults end the walk; what the chain holds up to there was given.
  case fault(RingFault)
}

/// A walk along a chain of descriptors, buffer by buffer, that ends whatever memory holds.
///
/// A chain in the ring is bounded by the queue's size, one in an indirect table by the table's
/// length, and no table leads to another. Nothing is copied or allocated.
///
/// Whatever the chain is made of; `RingTables` walks what is plain in many chains faster.
///
/// Spec: 2.7.5 and 2.7.5.3 (split), 2.8.5 to 2.8.7 (packed).
public struct ChainWalk: Sendable {
  let layout: QueueLayout
  /// The descriptor to read next, in the ring or in `table`, of which there are `limit`; not yet
  /// known to be one of them.
  private var index: UInt32
  private var limit: UInt32
  /// The descriptor that led to `index`, nil for the head.
  private var origin: UInt32?
  /// Descriptors that may still be read before the chain must be a loop.
  private var left: UInt32
  private var table: UInt64?
  private var isDone = false
  private var sawWritable = false
  /// Packed: the wrap counter that makes a slot available.
  private var wrap = false
  /// Descriptors of the ring that the chain takes, as far as walked.
  public private(set) var ringCount: UInt32 = 0
  /// WRITE is set on the descriptor of the indirect table, where it means nothing.
  public private(set) var tableHasWrite = false
  /// Packed: the buffer id, of the last descriptor read in the ring.
  public private(set) var id: UInt16 = 0

  /// Walks the chain of a split queue that begins at descriptor `head`.
  @inline(__always)
  public init(_ layout: QueueLayout, head: UInt16) {
    self.layout = layout
    index = UInt32(head)
    limit = layout.size
    left = layout.size
  }

  /// Walks the chain of a packed queue that begins at `slot`, available while the driver's wrap
  /// counter is `wrap`.
  @inline(__always)
  public init(_ layout: QueueLayout, slot: UInt32, wrap: Bool) {
    self.init(layout, head: UInt16(truncatingIfNeeded: slot))
    self.wrap = wrap
  }

  /// The next buffer or fault; nil at the end.
  public mutating func next(in memory: borrowing some GuestMemory & ~Copyable) -> ChainStep? {
    var tables = RingTables(isWhole: memory.isWhole)
    return next(in: memory, through: &tables)
  }

  /// The same, with the queue's tables at hand: a walk along many chains asks memory seldom.
  @_lifetime(tables: copy tables, borrow memory)
  public mutating func next(
    in memory: borrowing some GuestMemory & ~Copyable, through tables: inout RingTables
  ) -> ChainStep? {
    guard !isDone else { return nil }
    var problem: RingFault?
    guard let descriptor = read(in: memory, through: &tables, &problem) else {
      return problem.map { .fault($0) }
    }
    var problems = problems(of: descriptor)
    if !tables.holds(descriptor, problems, in: memory) { problems.insert(.outsideMemory) }
    let found = RingBuffer(descriptor, index: index, table: table, problems: problems)
    sawWritable = sawWritable || descriptor.flags.contains(.write)
    advance(past: descriptor)
    return .buffer(found)
  }

  /// The next descriptor that is a buffer; nil, and the reason in `fault`, where there is none.
  @_lifetime(tables: copy tables, borrow memory)
  private mutating func read(
    in memory: borrowing some GuestMemory & ~Copyable, through tables: inout RingTables,
    _ fault: inout RingFault?
  ) -> RingDescriptor? {
    while true {
      guard index < limit, left > 0 else {
        fault = index < limit ? end(.loop) : outOfRange()
        return nil
      }
      left &-= 1
      guard let descriptor = descriptor(in: memory, through: tables) else {
        fault = end(.notBacked, address)
        return nil
      }
      if table == nil {
        ringCount &+= 1
        id = descriptor.link
        if layout.isPacked, !descriptor.flags.isAvailable(wrap) {
          fault = end(.chainNotAvailable)
          return nil
        }
      }
      guard descriptor.flags.contains(.indirect), table == nil || !layout.isPacked else {
        return descriptor
      }
      fault = enter(descriptor)
      if !isDone, let table { tables.enter(table, count: Int(descriptor.length), in: memory) }
      if fault != nil { return nil }
    }
  }

  /// Descriptors of an indirect table with `count` that may be read before the chain must be a loop.
  @inline(__always)
  static func stepLimit(inTable count: UInt32, _ layout: QueueLayout) -> UInt32 {
    // NEXT has 16 bits: a chain that goes on behind so many has come back, whatever the table claims.
    layout.isPacked ? count : min(count, 1 << 16)
  }

  private var address: UInt64 { (table ?? layout.descriptors) &+ 16 &* UInt64(index) }

  private func place(_ index: UInt32) -> RingFault.Place {
    table.map { .indirect(table: $0, entry: index) } ?? .descriptor(index)
  }

  @inline(__always)
  private func descriptor(
    in memory: borrowing some GuestMemory & ~Copyable, through tables: borrowing RingTables
  ) -> RingDescriptor? {
    if let table {
      if let entry = tables.entry(index, of: table, layout) { return entry }
    } else if let descriptor = tables.descriptor(index, layout) {
      return descriptor
    }
    return memory.descriptor(at: address, layout)
  }

  private mutating func end(_ kind: RingFault.Kind, _ value: UInt64 = 0) -> RingFault {
    isDone = true
    return RingFault(kind, at: place(index), value: value)
  }

  /// What led beyond the table, once it was followed.
  private mutating func outOfRange() -> RingFault {
    isDone = true
    guard let origin else { return RingFault(.headOutOfRange, at: .queue, value: UInt64(index)) }
    return RingFault(.nextOutOfRange, at: place(origin), value: UInt64(index))
  }

  /// Goes on in the table of an indirect descriptor, and tells a fault.
  private mutating func enter(_ descriptor: RingDescriptor) -> RingFault? {
    guard table == nil else { return end(.nestedIndirect) }
    guard descriptor.length > 0 else { return end(.indirectEmpty) }
    guard descriptor.length % 16 == 0 else {
      return end(.indirectLength, UInt64(descriptor.length))
    }
    guard !descriptor.wraps else {
      return end(.addressWraps, descriptor.address)
    }
    let from = place(index)
    let isBehindOthers = layout.isPacked && ringCount > 1
    table = descriptor.address
    limit = descriptor.length / 16
    tableHasWrite = descriptor.flags.contains(.write)
    left = Self.stepLimit(inTable: limit, layout)
    index = 0
    if descriptor.flags.contains(.next) { return RingFault(.indirectWithNext, at: from) }
    if isBehindOthers { return RingFault(.indirectInChain, at: from) }
    return layout.allowsIndirect ? nil : RingFault(.indirectNotNegotiated, at: from)
  }

  /// What is wrong with a descriptor that is a buffer, by itself and by its place.
  private func problems(of descriptor: RingDescriptor) -> RingBuffer.Problems {
    var found = RingBuffer.Problems(of: descriptor, sawWritable: sawWritable)
    if !layout.isPacked {
      found.insertOrder(of: descriptor, index, layout, inTable: table != nil)
    } else if table != nil {
      found.insertFlags(of: descriptor)
    }
    return found
  }

  /// Finds the descriptor behind `descriptor`.
  private mutating func advance(past descriptor: RingDescriptor) {
    if layout.isPacked, table != nil {
      // Every entry of a packed ring's table belongs to the chain; NEXT has no meaning there.
      index &+= 1
      isDone = index >= limit
    } else if !descriptor.flags.contains(.next) {
      isDone = true
    } else if layout.isPacked {
      index &+= 1
      if index >= limit {
        index = 0
        wrap.toggle()
      }
    } else {
      origin = index
      index = UInt32(descriptor.link)
    }
  }
}
