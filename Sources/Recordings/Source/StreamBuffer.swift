/// A window that slides over a stream: the bytes that were read and not yet consumed.
///
/// Vouched for as `@safe`: the memory is private to this type, `start..<end` always lies within
/// it, and `bytes` hands it out with the lifetime of a borrow.
@safe struct StreamBuffer: ~Copyable {
  /// A window never grows beyond this: one pcapng block of 16 MiB and its neighbour's header.
  static var limit: Int { (16 << 20) + (64 << 10) }
  private static var firstCapacity: Int { 256 << 10 }

  let producer: any ByteProducer
  private var memory: UnsafeMutableRawBufferPointer
  private var start = 0
  private var end = 0
  /// Offset in the stream of the first byte of the window.
  private(set) var offset: UInt64 = 0
  private(set) var ended = false

  init(_ producer: any ByteProducer) {
    self.producer = producer
    unsafe memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: Self.firstCapacity, alignment: 16)
  }

  deinit {
    // No span of the memory outlives the buffer.
    unsafe memory.deallocate()
  }

  /// The window.
  var bytes: RawSpan {
    @_lifetime(borrow self)
    borrowing get {
      // `start..<end` lies within the memory, was filled, and changes only under `mutating`.
      unsafe _overrideLifetime(
        UnsafeRawBufferPointer(rebasing: memory[start..<end]).bytes, borrowing: self)
    }
  }

  /// Drops the first `consumed` bytes and reads more behind the window.
  mutating func refill(consumed: Int) -> ByteSource.Refill {
    let dropped = min(max(consumed, 0), end - start)
    start += dropped
    offset &+= UInt64(dropped)
    guard !ended else { return .ended }
    guard makeRoom() else { return .full }
    // The room behind `end` belongs to the buffer and to no span.
    let got = unsafe producer.produce(
      into: UnsafeMutableRawBufferPointer(rebasing: memory[end...]))
    end += got
    ended = got == 0
    return ended ? .ended : .grew
  }

  /// Makes sure that something can be read behind `end`; false when the window is at its limit.
  private mutating func makeRoom() -> Bool {
    let count = end - start
    let capacity = unsafe memory.count
    if end < capacity, capacity - end >= capacity / 4 { return true }
    if count <= capacity / 2 || (capacity == Self.limit && start > 0) {
      // Source and destination may overlap; `copyMemory` allows it.
      unsafe memory.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[start..<end]))
    } else if capacity == Self.limit {
      return end < capacity
    } else {
      let grown = UnsafeMutableRawBufferPointer.allocate(
        byteCount: min(capacity * 2, Self.limit), alignment: 16)
      unsafe grown.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[start..<end]))
      unsafe memory.deallocate()
      unsafe memory = grown
    }
    start = 0
    end = count
    return true
  }
}
