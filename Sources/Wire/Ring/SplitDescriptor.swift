/// A view of one entry of a split virtqueue's descriptor table, or of an indirect table.
///
///      0       8     12    14    16
///      | addr  | len | flg | nxt |
///
/// Spec: 2.7.5, The Virtqueue Descriptor Table.
public struct SplitDescriptor: ~Escapable {
  @usableFromInline let bytes: RawSpan
  @usableFromInline let bigEndian: Bool

  /// The size of a descriptor.
  @inlinable public static var byteCount: Int { 16 }

  /// Views the first 16 bytes of `bytes`, or fails when there are fewer.
  @inlinable @_lifetime(copy bytes)
  public init?(_ bytes: RawSpan, bigEndian: Bool) {
    guard bytes.byteCount >= Self.byteCount else { return nil }
    self.bytes = bytes.extracting(first: Self.byteCount)
    self.bigEndian = bigEndian
  }

  /// Guest-physical address of the buffer.
  @inlinable public var address: UInt64 { bytes.integer(at: 0, bigEndian: bigEndian) }

  /// Length of the buffer in bytes.
  @inlinable public var length: UInt32 { bytes.integer(at: 8, bigEndian: bigEndian) }

  /// The `VIRTQ_DESC_F_*` bits.
  @inlinable public var flags: DescriptorFlags {
    DescriptorFlags(rawValue: bytes.integer(at: 12, bigEndian: bigEndian))
  }

  /// Index of the next descriptor, meaningful when `flags` has `.next`.
  @inlinable public var next: UInt16 { bytes.integer(at: 14, bigEndian: bigEndian) }
}
