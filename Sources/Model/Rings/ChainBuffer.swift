/// One buffer of one of many chains.
public struct ChainBuffer: Sendable, BitwiseCopyable, Equatable {
  /// First descriptor of the chain; packed: its first slot.
  public var head: UInt32
  public var buffer: RingBuffer

  @inline(__always)
  init(_ head: UInt32, _ buffer: RingBuffer) {
    self.head = head
    self.buffer = buffer
  }
}

/// Buffers of a walk over many chains, to be told some at a time: a call for each would take longer
/// than the walk.
struct ChainBufferBatch: ~Copyable {
  private var buffers: InlineArray<32, ChainBuffer>
  private var count = 0

  init() {
    let none = RingBuffer(address: 0, length: 0, flags: [], index: 0, table: nil)
    buffers = InlineArray(repeating: ChainBuffer(0, none))
  }

  /// Takes a buffer, and tells all when no other finds room.
  @inline(__always)
  mutating func append(_ buffer: ChainBuffer, _ tell: (Span<ChainBuffer>) -> Void) {
    buffers[count] = buffer
    count &+= 1
    if count == buffers.count { flush(tell) }
  }

  /// Tells what is left.
  mutating func flush(_ tell: (Span<ChainBuffer>) -> Void) {
    if count > 0 { tell(buffers.span.extracting(first: count)) }
    count = 0
  }
}
