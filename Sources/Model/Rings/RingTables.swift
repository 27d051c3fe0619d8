internal import Wire

/// The descriptors of one queue as memory lends them, so that a walk asks memory for a table and
/// not for each descriptor in it.
///
/// Holds the queue's own table, and the surroundings of the indirect table that was entered last:
/// drivers take such tables from the same few pages. What does not lie in one piece is not here,
/// and is read from memory descriptor by descriptor; the walk is the same either way.
public struct RingTables: ~Copyable, ~Escapable {
  private let ring: RawSpan
  private var near: RawSpan
  private var nearStart: UInt64 = 0
  /// The indirect table entered last, as much of it as lies in `near`.
  private var table: RawSpan
  private var tableStart: UInt64 = 0
  /// Whether a buffer outside of memory is a fault.
  let isWhole: Bool
  /// Whether tables are borrowed; else every descriptor is read from memory.
  private let isUsed: Bool
  /// Where memory is whole: addresses between which all is backed, as found last.
  private var backedStart: UInt64 = 1
  private var backedLast: UInt64 = 0

  /// How much is borrowed around an indirect table: little, as sources may have to search all of
  /// it for bytes that lie on top.
  private static var nearCount: Int { 1 << 16 }

  /// The tables of a queue of `layout` in `memory`. A walk through them must be in the same.
  @_lifetime(borrow memory)
  public init(_ layout: QueueLayout, in memory: borrowing some GuestMemory & ~Copyable) {
    let isPossible = 1...32768 ~= layout.size
    let count = isPossible ? Int(layout.size) &* SplitDescriptor.byteCount : 0
    ring = memory.bytes(at: layout.descriptors, count: count)
    near = RawSpan()
    table = RawSpan()
    isWhole = memory.isWhole
    isUsed = true
  }

  /// Nothing of any queue: every descriptor is read from memory.
  @_lifetime(immortal)
  init(isWhole: Bool) {
    ring = RawSpan()
    near = RawSpan()
    table = RawSpan()
    self.isWhole = isWhole
    isUsed = false
  }

  /// The descriptor in slot `index` of the queue's own table; nil where it is not here.
  @inline(__always)
  func descriptor(_ index: UInt32, _ layout: QueueLayout) -> RingDescriptor? {
    RingDescriptor(index, of: ring, layout)
  }

  /// Entry `index` of the indirect table at `address`; nil where it is not here.
  @inline(__always)
  func entry(_ index: UInt32, of address: UInt64, _ layout: QueueLayout) -> RingDescriptor? {
    address == tableStart ? RingDescriptor(index, of: table, layout) : nil
  }

  /// The same, where the format and the table are known: with the choice of a format in the walk of
  /// plain chains, its reads are left out of line, and a packed queue's tables take twice the time.
  @inline(__always)
  func descriptor(_ index: UInt32, ofSplit layout: QueueLayout) -> RingDescriptor? {
    RingDescriptor(index, ofSplit: ring, bigEndian: layout.isBigEndian)
  }

  @inline(__always)
  func descriptor(_ index: UInt32, ofPacked layout: QueueLayout) -> RingDescriptor? {
    RingDescriptor(index, ofPacked: ring, bigEndian: layout.isBigEndian)
  }

  /// Entry `index` of the indirect table entered last.
  @inline(__always)
  func entry(_ index: UInt32, ofSplit layout: QueueLayout) -> RingDescriptor? {
    RingDescriptor(index, ofSplit: table, bigEndian: layout.isBigEndian)
  }

  @inline(__always)
  func entry(_ index: UInt32, ofPacked layout: QueueLayout) -> RingDescriptor? {
    RingDescriptor(index, ofPacked: table, bigEndian: layout.isBigEndian)
  }

  /// Whether memory holds all of a buffer or says nothing of it; `problems` are its others.
  @inline(__always)
  mutating func holds(
    _ buffer: RingDescriptor, _ problems: RingBuffer.Problems,
    in memory: borrowing some GuestMemory & ~Copyable
  ) -> Bool {
    guard isWhole, problems.isDisjoint(with: [.zeroLength, .wraps]) else { return true }
    let last = buffer.address &+ UInt64(buffer.length &- 1)
    if buffer.address >= backedStart, last <= backedLast { return true }
    return finds(buffer.address, last, in: memory)
  }

  @inline(never)
  private mutating func finds(
    _ address: UInt64, _ last: UInt64, in memory: borrowing some GuestMemory & ~Copyable
  ) -> Bool {
    guard memory.gap(in: address...last) == nil else { return false }
    let bytes = memory.bytes(at: address, count: .max)
    if bytes.byteCount > 0 {
      backedStart = address
      backedLast = address &+ UInt64(bytes.byteCount &- 1)
    }
    return true
  }

  /// Borrows the indirect table at `address`, as far as it lies in one piece.
  @_lifetime(self: copy self, borrow memory)
  mutating func enter(
    _ address: UInt64, count: Int, in memory: borrowing some GuestMemory & ~Copyable
  ) {
    guard isUsed else { return }
    if address < nearStart || address &- nearStart >= UInt64(near.byteCount) {
      borrow(around: address, in: memory)
    }
    tableStart = address
    let place = address &- nearStart
    guard address >= nearStart, place < UInt64(near.byteCount) else {
      table = RawSpan()
      return
    }
    table = near.extracting(droppingFirst: Int(place)).extracting(first: count)
  }

  @_lifetime(self: copy self, borrow memory)
  private mutating func borrow(
    around address: UInt64, in memory: borrowing some GuestMemory & ~Copyable
  ) {
    let start = address & ~UInt64(Self.nearCount &- 1)
    near = memory.bytes(at: start, count: Self.nearCount)
    nearStart = start
    if address &- start >= UInt64(near.byteCount) {
      near = memory.bytes(at: address, count: Self.nearCount)
      nearStart = address
    }
  }
}

extension RingDescriptor {
  /// Descriptor `index` of `bytes`; nil where they end before it does.
  @inline(__always)
  init?(_ index: UInt32, of bytes: RawSpan, _ layout: QueueLayout) {
    if layout.isPacked {
      self.init(index, ofPacked: bytes, bigEndian: layout.isBigEndian)
    } else {
      self.init(index, ofSplit: bytes, bigEndian: layout.isBigEndian)
    }
  }

  @inline(__always)
  init?(_ index: UInt32, ofSplit bytes: RawSpan, bigEndian: Bool) {
    guard let bytes = Self.bytes(index, of: bytes),
      let view = SplitDescriptor(bytes, bigEndian: bigEndian)
    else { return nil }
    self.init(view)
  }

  @inline(__always)
  init?(_ index: UInt32, ofPacked bytes: RawSpan, bigEndian: Bool) {
    guard let bytes = Self.bytes(index, of: bytes),
      let view = PackedDescriptor(bytes, bigEndian: bigEndian)
    else { return nil }
    self.init(view)
  }

  @inline(__always) @_lifetime(copy bytes)
  private static func bytes(_ index: UInt32, of bytes: RawSpan) -> RawSpan? {
    let start = Int(index) &* SplitDescriptor.byteCount
    guard start &+ SplitDescriptor.byteCount <= bytes.byteCount else { return nil }
    return bytes.extracting(droppingFirst: start)
  }
}
