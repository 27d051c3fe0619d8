/// A view of an event suppression structure of a packed virtqueue.
///
///      0              2       4
///      | offset, wrap | flags |
///
/// Spec: 2.8.14, Event Suppression Structure Layout.
public struct EventSuppression: ~Escapable {
  @usableFromInline let bytes: RawSpan
  @usableFromInline let bigEndian: Bool

  /// The size of the structure.
  @inlinable public static var byteCount: Int { 4 }

  /// Views the first 4 bytes of `bytes`, or fails when there are fewer.
  @inlinable @_lifetime(copy bytes)
  public init?(_ bytes: RawSpan, bigEndian: Bool) {
    guard bytes.byteCount >= Self.byteCount else { return nil }
    self.bytes = bytes.extracting(first: Self.byteCount)
    self.bigEndian = bigEndian
  }

  /// Offset and wrap counter in one, as they stand in memory.
  @inlinable public var offsetAndWrap: UInt16 { bytes.integer(at: 0, bigEndian: bigEndian) }

  /// The slot at which an event is wanted.
  @inlinable public var offset: UInt16 { offsetAndWrap & 0x7fff }

  /// The wrap counter at which an event is wanted.
  @inlinable public var wrap: Bool { offsetAndWrap & 0x8000 != 0 }

  /// 0 enable, 1 disable, 2 at one descriptor, 3 reserved (`RING_EVENT_FLAGS_*`).
  @inlinable public var mode: UInt8 { UInt8(truncatingIfNeeded: flags & 3) }

  /// The two bits of the mode and 14 reserved ones.
  @inlinable public var flags: UInt16 { bytes.integer(at: 2, bigEndian: bigEndian) }
}
