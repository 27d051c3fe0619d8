public import Wire

/// One buffer of a chain.
public struct RingBuffer: Sendable, BitwiseCopyable, Equatable {
  /// Guest-physical address.
  public var address: UInt64
  public var length: UInt32
  public var flags: DescriptorFlags
  /// Number of the descriptor in the table or ring, or in the indirect table.
  public var index: UInt32
  /// Guest-physical address of the indirect table that holds the descriptor, nil for none.
  public var table: UInt64?
  /// `next` of a split descriptor, `id` of a packed one.
  public var next: UInt16 = 0
  /// What is wrong with the buffer.
  public var problems: Problems = []

  init(
    address: UInt64, length: UInt32, flags: DescriptorFlags, index: UInt32, table: UInt64?
  ) {
    self.address = address
    self.length = length
    self.flags = flags
    self.index = index
    self.table = table
  }

  @inline(__always)
  init(_ descriptor: RingDescriptor, index: UInt32, table: UInt64?, problems: Problems) {
    address = descriptor.address
    length = descriptor.length
    flags = descriptor.flags
    self.index = index
    self.table = table
    next = descriptor.link
    self.problems = problems
  }

  /// A buffer by its direction alone.
  public init(
    address: UInt64, length: UInt32, isWritable: Bool, index: UInt32, table: UInt64? = nil
  ) {
    self.init(
      address: address, length: length, flags: isWritable ? .write : [], index: index,
      table: table)
  }

  /// The first border of a 4 KiB page that a buffer crosses which begins inside a page; nil for every
  /// other.
  ///
  /// What is contiguous for its driver alone mostly begins in the middle of a page, as what lies on a
  /// stack or a heap does. Whole pages are put together by those who know where they lie.
  public var crossedPage: UInt64? {
    let inside = address & 0xfff
    guard inside != 0, length > 0, inside &+ UInt64(length) > 0x1000, !problems.contains(.wraps)
    else { return nil }
    return (address | 0xfff) &+ 1
  }

  /// The buffer is for the device to write.
  public var isWritable: Bool { flags.contains(.write) }

  /// Where the descriptor stands.
  public var place: RingFault.Place {
    table.map { .indirect(table: $0, entry: index) } ?? .descriptor(index)
  }

  /// What can be wrong with a buffer by itself.
  public struct Problems: OptionSet, Sendable, BitwiseCopyable, Hashable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    public static var zeroLength: Problems { Problems(rawValue: 1) }
    public static var wraps: Problems { Problems(rawValue: 2) }
    public static var outsideMemory: Problems { Problems(rawValue: 4) }
    public static var readableAfterWritable: Problems { Problems(rawValue: 8) }
    public static var nextNotInOrder: Problems { Problems(rawValue: 16) }
    public static var indirectFlags: Problems { Problems(rawValue: 32) }
  }

  /// The problems as faults.
  public var faults: [RingFault] {
    var result: [RingFault] = []
    if problems.contains(.zeroLength) { result.append(RingFault(.zeroLength, at: place)) }
    if problems.contains(.wraps) {
      result.append(RingFault(.bufferWraps, at: place, value: address))
    }
    if problems.contains(.outsideMemory) {
      result.append(RingFault(.bufferOutsideMemory, at: place, value: address))
    }
    if problems.contains(.readableAfterWritable) {
      result.append(RingFault(.readableAfterWritable, at: place))
    }
    if problems.contains(.nextNotInOrder) {
      result.append(RingFault(.nextNotInOrder, at: place, value: UInt64(next)))
    }
    if problems.contains(.indirectFlags) {
      result.append(RingFault(.indirectFlags, at: place, value: UInt64(flags.rawValue)))
    }
    return result
  }
}

extension RingBuffer.Problems {
  /// What is wrong with a buffer whatever its ring is; `sawWritable`: one before it in the chain is
  /// device-writable.
  @inline(__always)
  init(of found: RingDescriptor, sawWritable: Bool) {
    self = found.length == 0 ? .zeroLength : found.wraps ? .wraps : []
    if sawWritable, !found.flags.contains(.write) { insert(.readableAfterWritable) }
  }

  /// Split queues with IN_ORDER: the descriptor behind `index` is the one that follows in the table.
  @inline(__always)
  mutating func insertOrder(
    of found: RingDescriptor, _ index: UInt32, _ layout: QueueLayout, inTable: Bool
  ) {
    guard layout.isInOrder, found.flags.contains(.next) else { return }
    let behind = !inTable && index &+ 1 == layout.size ? 0 : index &+ 1
    if UInt32(found.link) != behind { insert(.nextNotInOrder) }
  }

  /// Tables of packed queues: no flag but WRITE has a meaning.
  @inline(__always)
  mutating func insertFlags(of found: RingDescriptor) {
    if !found.flags.subtracting(.write).isEmpty { insert(.indirectFlags) }
  }
}
