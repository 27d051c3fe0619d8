import CRingWalk
import Model

/// The checksum of a walk: the same as `RingWalk.c` makes.
struct RingChecksum {
  private(set) var value: UInt64

  init(_ value: UInt64) { self.value = value }

  /// Takes buffers, each with the head of its chain.
  mutating func take(_ buffers: Span<ChainBuffer>) {
    var sum = self
    for place in buffers.indices { sum.take(buffers[place].head, buffers[place].buffer) }
    self = sum
  }

  private mutating func take(_ head: UInt32, _ buffer: RingBuffer) {
    let shape =
      UInt64(buffer.length) << 32 ^ UInt64(buffer.flags.rawValue) << 12 ^ UInt64(buffer.index)
    add((buffer.address ^ shape ^ UInt64(buffer.problems.rawValue) << 56) &+ UInt64(head))
  }

  /// Takes a fault of the chain that begins at `head`.
  mutating func take(_ head: UInt32, _ fault: RingFault) {
    add(0xfa0000 &+ Self.number(fault.kind) &+ UInt64(head))
  }

  private mutating func add(_ number: UInt64) {
    value = (value << 1 | value >> 63) &+ number
  }

  private static func number(_ kind: RingFault.Kind) -> UInt64 {
    let fault: ring_fault? =
      switch kind {
      case .notBacked: RING_NOT_BACKED
      case .headOutOfRange: RING_HEAD_OUT_OF_RANGE
      case .nextOutOfRange: RING_NEXT_OUT_OF_RANGE
      case .loop: RING_LOOP
      case .nestedIndirect: RING_NESTED_INDIRECT
      case .indirectLength: RING_INDIRECT_LENGTH
      case .indirectEmpty: RING_INDIRECT_EMPTY
      case .indirectWithNext: RING_INDIRECT_WITH_NEXT
      case .indirectNotNegotiated: RING_INDIRECT_NOT_NEGOTIATED
      case .indirectInChain: RING_INDIRECT_IN_CHAIN
      case .addressWraps: RING_ADDRESS_WRAPS
      case .chainNotAvailable: RING_CHAIN_NOT_AVAILABLE
      default: nil
      }
    return UInt64(fault?.rawValue ?? 0)
  }
}
