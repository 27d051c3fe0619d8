/// A view of `struct virtio_dev_part_hdr`, which says what a part of a device's state is.
///
///      0           2       3          4          12       16
///      | part_type | flags | reserved | selector | length |
///
/// Spec: 2.14
public struct AdminPartHeader: ~Escapable {
  @usableFromInline let bytes: AdminBytes

  /// The size of the header.
  @inlinable public static var byteCount: Int { 16 }

  @inlinable @_lifetime(copy bytes)
  public init(_ bytes: AdminBytes) { self.bytes = bytes }

  @inlinable public var type: UInt16 { bytes.half(at: 0) }
  @inlinable public var flags: UInt8 { bytes.byte(at: 2) }
  @inlinable public var reserved: UInt8 { bytes.byte(at: 3) }
  /// What it says depends on the type: an offset of 32 bits, a queue of 16 bits, or anything.
  @inlinable public var selector: UInt64 { bytes.number(at: 4, width: 8) }
  /// Bytes of the value behind the header.
  @inlinable public var length: UInt32 { bytes.word(at: 12) }
}
