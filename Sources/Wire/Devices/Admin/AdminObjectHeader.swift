/// A view of `struct virtio_admin_cmd_resource_obj_cmd_hdr`, which names a resource object, and of
/// the flags that follow it in the commands that have any.
///
///      0      2          4    8       16
///      | type | reserved | id | flags | …
///
/// Spec: 2.12.1.3
public struct AdminObjectHeader: ~Escapable {
  @usableFromInline let bytes: AdminBytes

  /// The size without and with the flags.
  @inlinable public static var byteCount: Int { 8 }
  @inlinable public static var byteCountWithFlags: Int { 16 }

  @inlinable @_lifetime(copy bytes)
  public init(_ bytes: AdminBytes) { self.bytes = bytes }

  @inlinable public var type: UInt16 { bytes.half(at: 0) }
  @inlinable public var isReservedZero: Bool { bytes.isZero(from: 2, to: 4) }
  @inlinable public var id: UInt32 { bytes.word(at: 4) }
  @inlinable public var flags: UInt64 { bytes.number(at: 8, width: 8) }
}
