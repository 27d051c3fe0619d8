/// A view of the part of `struct virtio_admin_cmd` that the device reads, before the data of the
/// command.
///
///      0        2            4           16                24
///      | opcode | group_type | reserved1 | group_member_id | …
///
/// Spec: 2.12.1
public struct AdminCommandHeader: ~Escapable {
  @usableFromInline let bytes: AdminBytes

  /// The size of the header.
  @inlinable public static var byteCount: Int { 24 }

  @inlinable @_lifetime(copy bytes)
  public init(_ bytes: AdminBytes) { self.bytes = bytes }

  @inlinable public var opcode: UInt16 { bytes.half(at: 0) }
  @inlinable public var groupType: UInt16 { bytes.half(at: 2) }
  @inlinable public var isReservedZero: Bool { bytes.isZero(from: 4, to: 16) }
  @inlinable public var member: UInt64 { bytes.number(at: 16, width: 8) }
}
