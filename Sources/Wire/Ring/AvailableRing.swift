/// A view of the available ring: what the driver offers.
///
///      0       2     4              4 + 2 * size     6 + 2 * size
///      | flags | idx | ring[size]   | used_event     |
///
/// Spec: 2.7.6, The Virtqueue Available Ring.
public struct AvailableRing: ~Escapable {
  @usableFromInline let bytes: RawSpan
  @usableFromInline let bigEndian: Bool
  /// Entries.
  public let size: Int

  /// Bytes of a ring of `size` entries, with `used_event`.
  @inlinable public static func byteCount(size: Int) -> Int { 6 &+ 2 &* size }

  /// Views the ring at the beginning of `bytes`, or fails when they do not hold all of it or
  /// `size` is none of a queue (1 to 32768).
  @inlinable @_lifetime(copy bytes)
  public init?(_ bytes: RawSpan, size: Int, bigEndian: Bool) {
    guard 1...32768 ~= size, bytes.byteCount >= Self.byteCount(size: size) else { return nil }
    self.bytes = bytes.extracting(first: Self.byteCount(size: size))
    self.size = size
    self.bigEndian = bigEndian
  }

  /// Bit 0 is `VIRTQ_AVAIL_F_NO_INTERRUPT`.
  @inlinable public var flags: UInt16 { bytes.integer(at: 0, bigEndian: bigEndian) }

  /// Where the driver puts the next head, modulo 2^16.
  @inlinable public var index: UInt16 { bytes.integer(at: 2, bigEndian: bigEndian) }

  /// The head in the slot of ring index `position`; indexes beyond the ring wrap.
  @inlinable public func head(at position: UInt16) -> UInt16 {
    bytes.integer(at: 4 &+ 2 &* slot(of: position), bigEndian: bigEndian)
  }

  /// The used index that the driver waits for, where EVENT_IDX was negotiated.
  @inlinable public var usedEvent: UInt16 {
    bytes.integer(at: 4 &+ 2 &* size, bigEndian: bigEndian)
  }

  /// The slot of a ring index, without a division for the sizes that are legal.
  @inlinable func slot(of position: UInt16) -> Int {
    size & (size &- 1) == 0 ? Int(position) & (size &- 1) : Int(position) % size
  }
}
