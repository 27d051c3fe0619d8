/// A view of the used ring: what the device gives back.
///
///      0       2     4              4 + 8 * size     6 + 8 * size
///      | flags | idx | ring[size]   | avail_event    |
///
/// Spec: 2.7.8, The Virtqueue Used Ring.
public struct UsedRing: ~Escapable {
  @usableFromInline let bytes: RawSpan
  @usableFromInline let bigEndian: Bool
  /// Entries.
  public let size: Int

  /// Bytes of a ring of `size` entries, with `avail_event`.
  @inlinable public static func byteCount(size: Int) -> Int { 6 &+ 8 &* size }

  /// Views the ring at the beginning of `bytes`, or fails when they do not hold all of it or
  /// `size` is none of a queue (1 to 32768).
  @inlinable @_lifetime(copy bytes)
  public init?(_ bytes: RawSpan, size: Int, bigEndian: Bool) {
    guard 1...32768 ~= size, bytes.byteCount >= Self.byteCount(size: size) else { return nil }
    self.bytes = bytes.extracting(first: Self.byteCount(size: size))
    self.size = size
    self.bigEndian = bigEndian
  }

  /// Bit 0 is `VIRTQ_USED_F_NO_NOTIFY`.
  @inlinable public var flags: UInt16 { bytes.integer(at: 0, bigEndian: bigEndian) }

  /// Where the device puts the next element, modulo 2^16.
  @inlinable public var index: UInt16 { bytes.integer(at: 2, bigEndian: bigEndian) }

  /// Id of the element in the slot of ring index `position`; indexes beyond the ring wrap.
  @inlinable public func id(at position: UInt16) -> UInt32 {
    bytes.integer(at: 4 &+ 8 &* slot(of: position), bigEndian: bigEndian)
  }

  /// Bytes written of the element in the slot of ring index `position`.
  @inlinable public func length(at position: UInt16) -> UInt32 {
    bytes.integer(at: 8 &+ 8 &* slot(of: position), bigEndian: bigEndian)
  }

  /// The available index that the device waits for, where EVENT_IDX was negotiated.
  @inlinable public var availableEvent: UInt16 {
    bytes.integer(at: 4 &+ 8 &* size, bigEndian: bigEndian)
  }

  /// The slot of a ring index, without a division for the sizes that are legal.
  @inlinable func slot(of position: UInt16) -> Int {
    size & (size &- 1) == 0 ? Int(position) & (size &- 1) : Int(position) % size
  }
}
