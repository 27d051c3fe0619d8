/// A view of `struct virtio_pci_legacy_notify_info`: where a legacy driver's notifications may go.
///
///      0       1     2         8        16
///      | flags | bar | padding | offset |
///
/// Spec: 2.12.1.1.5
public struct AdminNotifyHeader: ~Escapable {
  @usableFromInline let bytes: AdminBytes

  /// The size of an entry.
  @inlinable public static var byteCount: Int { 16 }

  @inlinable @_lifetime(copy bytes)
  public init(_ bytes: AdminBytes) { self.bytes = bytes }

  /// 0 end of the list, 1 the owner's, 2 the member's.
  @inlinable public var flags: UInt8 { bytes.byte(at: 0) }
  @inlinable public var bar: UInt8 { bytes.byte(at: 1) }
  @inlinable public var isPaddingZero: Bool { bytes.isZero(from: 2, to: 8) }
  @inlinable public var offset: UInt64 { bytes.number(at: 8, width: 8) }
}
