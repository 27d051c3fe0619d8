internal import Wire

/// One step of a walk along a chain.
public enum ChainStep: Sendable {
  case buffer(RingBuffer)
  /// Most faults end the walk; what the chain holds up to there was given.
  case fault(RingFault)
}

/// A walk along a chain of descriptors, buffer by buffer, that ends whatever memory holds.
///
/// A chain in the ring is bounded by the queue's size, one in an indirect table by the table's
/// length, and no table leads to another. Nothing is copied or allocated.
///
/// Spec: 2.7.5 and 2.7.5.3 (split), 2.8.5 to 2.8.7 (packed).
public struct ChainWalk: Sendable {
  let layout: QueueLayout
  /// The descriptor to read next, in the ring or in `table`.
  private var index: UInt32
  /// Descriptors that may still be read before the chain must be a loop.
  private var left: UInt32
  private var table: UInt64?
  private var tableCount: UInt32 = 0
  private var isDone = false
  private var sawWritable = false
  private var queued: RingFault?
  /// Packed: the wrap counter that makes a slot available.
  private var wrap = false
  /// Descriptors of the ring that the chain takes, as far as walked.
  public private(set) var ringCount: UInt32 = 0
  /// WRITE is set on the descriptor of the indirect table, where it means nothing.
  public private(set) var tableHasWrite = false
  /// Packed: the buffer id, of the last descriptor read in the ring.
  public private(set) var id: UInt16 = 0

  /// Walks the chain of a split queue that begins at descriptor `head`.
  public init(_ layout: QueueLayout, head: UInt16) {
    self.layout = layout
    index = UInt32(head)
    left = layout.size
    if index >= layout.size {
      queued = RingFault(.headOutOfRange, at: .queue, value: UInt64(head))
      isDone = true
    }
  }

  /// Walks the chain of a packed queue that begins at `slot`, available while the driver's wrap
  /// counter is `wrap`.
  public init(_ layout: QueueLayout, slot: UInt32, wrap: Bool) {
    self.init(layout, head: UInt16(truncatingIfNeeded: slot))
    self.wrap = wrap
  }

  /// The next buffer or fault; nil at the end.
  public mutating func next(in memory: borrowing some GuestMemory & ~Copyable) -> ChainStep? {
    if let fault = queued {
      queued = nil
      return .fault(fault)
    }
    guard !isDone else { return nil }
    guard left > 0 else { return end(.loop) }
    left &-= 1
    guard let descriptor = descriptor(in: memory) else { return end(.notBacked, address) }
    if table == nil {
      ringCount &+= 1
      id = descriptor.link
      if layout.isPacked, !isAvailable(descriptor.flags) { return end(.chainNotAvailable) }
    }
    if descriptor.flags.contains(.indirect), table == nil || !layout.isPacked {
      return enter(descriptor) ?? next(in: memory)
    }
    let buffer = checked(descriptor, in: memory)
    advance(past: descriptor)
    return .buffer(buffer)
  }

  private var address: UInt64 { (table ?? layout.descriptors) &+ 16 &* UInt64(index) }

  private var place: RingFault.Place {
    table.map { .indirect(table: $0, entry: index) } ?? .descriptor(index)
  }

  private func descriptor(in memory: borrowing some GuestMemory & ~Copyable) -> RingDescriptor? {
    layout.isPacked
      ? memory.packedDescriptor(at: address, bigEndian: layout.isBigEndian)
      : memory.splitDescriptor(at: address, bigEndian: layout.isBigEndian)
  }

  private func isAvailable(_ flags: DescriptorFlags) -> Bool {
    flags.contains(.available) == wrap && flags.contains(.used) != wrap
  }

  private mutating func end(_ kind: RingFault.Kind, _ value: UInt64 = 0) -> ChainStep {
    isDone = true
    return .fault(RingFault(kind, at: place, value: value))
  }

  /// Goes on in the table of an indirect descriptor; a step only when there is a fault.
  private mutating func enter(_ descriptor: RingDescriptor) -> ChainStep? {
    guard table == nil else { return end(.nestedIndirect) }
    guard descriptor.length > 0 else { return end(.indirectEmpty) }
    guard descriptor.length % 16 == 0 else {
      return end(.indirectLength, UInt64(descriptor.length))
    }
    let last = UInt64(descriptor.length) &- 1
    guard !descriptor.address.addingReportingOverflow(last).overflow else {
      return end(.addressWraps, descriptor.address)
    }
    let from = place
    let isBehindOthers = layout.isPacked && ringCount > 1
    table = descriptor.address
    tableCount = descriptor.length / 16
    tableHasWrite = descriptor.flags.contains(.write)
    left = tableCount
    index = 0
    if descriptor.flags.contains(.next) { return .fault(RingFault(.indirectWithNext, at: from)) }
    if isBehindOthers { return .fault(RingFault(.indirectInChain, at: from)) }
    if !layout.allowsIndirect { return .fault(RingFault(.indirectNotNegotiated, at: from)) }
    return nil
  }

  /// The buffer of a descriptor, with what is wrong with it.
  private mutating func checked(
    _ descriptor: RingDescriptor, in memory: borrowing some GuestMemory & ~Copyable
  ) -> RingBuffer {
    var buffer = RingBuffer(
      address: descriptor.address, length: descriptor.length, flags: descriptor.flags,
      index: index, table: table)
    let length = UInt64(descriptor.length)
    if length == 0 {
      buffer.problems.insert(.zeroLength)
    } else if descriptor.address.addingReportingOverflow(length &- 1).overflow {
      buffer.problems.insert(.wraps)
    } else if memory.isWhole, !memory.backsEnds(of: descriptor.address, count: length) {
      buffer.problems.insert(.outsideMemory)
    }
    buffer.next = descriptor.link
    if layout.isPacked {
      if table != nil, !descriptor.flags.subtracting(.write).isEmpty {
        buffer.problems.insert(.indirectFlags)
      }
    } else if layout.isInOrder, descriptor.flags.contains(.next) {
      let behind = table == nil ? (index &+ 1) % layout.size : index &+ 1
      if UInt32(descriptor.link) != behind { buffer.problems.insert(.nextNotInOrder) }
    }
    if sawWritable, !buffer.isWritable { buffer.problems.insert(.readableAfterWritable) }
    sawWritable = sawWritable || buffer.isWritable
    return buffer
  }

  /// Finds the descriptor behind `descriptor`.
  private mutating func advance(past descriptor: RingDescriptor) {
    if layout.isPacked, table != nil {
      // Every entry of a packed ring's table belongs to the chain; NEXT has no meaning there.
      index &+= 1
      isDone = index >= tableCount
      return
    }
    guard descriptor.flags.contains(.next) else {
      isDone = true
      return
    }
    if layout.isPacked {
      index &+= 1
      if index >= layout.size {
        index = 0
        wrap.toggle()
      }
      return
    }
    let limit = table == nil ? layout.size : tableCount
    if UInt32(descriptor.link) >= limit {
      queued = RingFault(.nextOutOfRange, at: place, value: UInt64(descriptor.link))
      isDone = true
    } else {
      index = UInt32(descriptor.link)
    }
  }
}
