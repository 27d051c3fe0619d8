/// A view of the part of `struct virtio_admin_cmd` that the device writes, before the result of the
/// command.
///
///      0        2                  4           8
///      | status | status_qualifier | reserved2 | …
///
/// Spec: 2.12.1
public struct AdminStatusHeader: ~Escapable {
  @usableFromInline let bytes: AdminBytes

  /// The size of the header.
  @inlinable public static var byteCount: Int { 8 }

  @inlinable @_lifetime(copy bytes)
  public init(_ bytes: AdminBytes) { self.bytes = bytes }

  @inlinable public var status: UInt16 { bytes.half(at: 0) }
  @inlinable public var qualifier: UInt16 { bytes.half(at: 2) }
  @inlinable public var isReservedZero: Bool { bytes.isZero(from: 4, to: 8) }
}
