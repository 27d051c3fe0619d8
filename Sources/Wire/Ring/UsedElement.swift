/// A view of one entry of the used ring.
///
///      0    4     8
///      | id | len |
///
/// Spec: 2.7.8, The Virtqueue Used Ring.
public struct UsedElement: ~Escapable {
  @usableFromInline let bytes: RawSpan
  @usableFromInline let bigEndian: Bool

  /// The size of an entry.
  @inlinable public static var byteCount: Int { 8 }

  /// Views the first 8 bytes of `bytes`, or fails when there are fewer.
  @inlinable @_lifetime(copy bytes)
  public init?(_ bytes: RawSpan, bigEndian: Bool) {
    guard bytes.byteCount >= Self.byteCount else { return nil }
    self.bytes = bytes.extracting(first: Self.byteCount)
    self.bigEndian = bigEndian
  }

  /// Head of the chain that was used; 32 bits for padding only.
  @inlinable public var id: UInt32 { bytes.integer(at: 0, bigEndian: bigEndian) }

  /// How many bytes the device wrote into the chain.
  @inlinable public var length: UInt32 { bytes.integer(at: 4, bigEndian: bigEndian) }
}
