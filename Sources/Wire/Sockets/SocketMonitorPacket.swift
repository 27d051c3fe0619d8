/// A view of a packet of vsock monitoring (`LINKTYPE_VSOCK`): what passed between two sockets,
/// whatever carried it.
///
///      0         8         16         20         24   26          28    30         32
///      | src_cid | dst_cid | src_port | dst_port | op | transport | len | reserved |
///      | transport header, `len` bytes | payload, to the end of the packet
///
/// Little-endian. Source: Linux, `struct af_vsockmon_hdr` in uapi/linux/vsockmon.h.
public struct SocketMonitorPacket: ~Escapable {
  @usableFromInline let header: RawSpan
  /// The bytes behind the header, to the end of the packet.
  @usableFromInline let rest: RawSpan

  /// The size of the header on the wire.
  @inlinable public static var byteCount: Int { 32 }
  /// `transport` of virtio.
  @inlinable public static var virtioTransport: UInt16 { 2 }

  /// Views `packet`, the captured bytes of one packet; nil when the header is not whole.
  @inlinable @_lifetime(copy packet)
  public init?(_ packet: RawSpan) {
    guard packet.byteCount >= Self.byteCount else { return nil }
    header = packet.extracting(first: Self.byteCount)
    rest = packet.extracting(droppingFirst: Self.byteCount)
  }

  @inlinable public var sourceCID: UInt64 { header.littleEndian(at: 0) }
  @inlinable public var destinationCID: UInt64 { header.littleEndian(at: 8) }
  @inlinable public var sourcePort: UInt32 { header.littleEndian(at: 16) }
  @inlinable public var destinationPort: UInt32 { header.littleEndian(at: 20) }
  /// What happened, in words of no transport: 1 connect, 2 disconnect, 3 control, 4 payload.
  @inlinable public var operation: UInt16 { header.littleEndian(at: 24) }
  /// What the transport header is: 1 none, 2 virtio's.
  @inlinable public var transport: UInt16 { header.littleEndian(at: 26) }
  /// Length of the transport header as it is stated.
  @inlinable public var transportLength: UInt16 { header.littleEndian(at: 28) }

  /// The transport header of virtio; nil where there is none, or not all of it was captured.
  @inlinable public var virtioHeader: SocketHeader? {
    @_lifetime(copy self)
    get {
      guard transport == Self.virtioTransport,
        Int(transportLength) >= SocketHeader.byteCount
      else { return nil }
      return SocketHeader(rest)
    }
  }

  /// How many bytes of payload were captured.
  @inlinable public var payloadCount: Int { max(0, rest.byteCount - Int(transportLength)) }
}
