/// A view of one slot of a packed virtqueue's descriptor ring.
///
///      0       8     12   14    16
///      | addr  | len | id | flg |
///
/// Spec: 2.8.13, The Virtqueue Descriptor Ring.
public struct PackedDescriptor: ~Escapable {
  @usableFromInline let bytes: RawSpan
  @usableFromInline let bigEndian: Bool

  /// The size of a slot.
  @inlinable public static var byteCount: Int { 16 }

  /// Views the first 16 bytes of `bytes`, or fails when there are fewer.
  @inlinable @_lifetime(copy bytes)
  public init?(_ bytes: RawSpan, bigEndian: Bool) {
    guard bytes.byteCount >= Self.byteCount else { return nil }
    self.bytes = bytes.extracting(first: Self.byteCount)
    self.bigEndian = bigEndian
  }

  /// Guest-physical address of the buffer; without meaning in a used descriptor.
  @inlinable public var address: UInt64 { bytes.integer(at: 0, bigEndian: bigEndian) }

  /// Length of the buffer in bytes; in a used descriptor, how many the device wrote.
  @inlinable public var length: UInt32 { bytes.integer(at: 8, bigEndian: bigEndian) }

  /// The buffer id, meaningful in the last descriptor of a chain and in a used one.
  @inlinable public var id: UInt16 { bytes.integer(at: 12, bigEndian: bigEndian) }

  /// The `VIRTQ_DESC_F_*` bits, with those of both wrap counters.
  @inlinable public var flags: DescriptorFlags {
    DescriptorFlags(rawValue: bytes.integer(at: 14, bigEndian: bigEndian))
  }
}
