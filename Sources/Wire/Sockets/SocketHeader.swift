/// A view of the header of a packet of a socket device.
///
///      0         8         16         20         24    28     30   32      36          40        44
///      | src_cid | dst_cid | src_port | dst_port | len | type | op | flags | buf_alloc | fwd_cnt |
///
/// Spec: 5.10.6, Device Operation (Socket Device).
public struct SocketHeader: ~Escapable {
  @usableFromInline let bytes: RawSpan

  /// The size of the header on the wire.
  @inlinable public static var byteCount: Int { 44 }

  /// Views the first 44 bytes of `bytes`, or fails when there are fewer.
  @inlinable @_lifetime(copy bytes)
  public init?(_ bytes: RawSpan) {
    guard bytes.byteCount >= Self.byteCount else { return nil }
    self.bytes = bytes.extracting(first: Self.byteCount)
  }

  @inlinable public var sourceCID: UInt64 { bytes.littleEndian(at: 0) }
  @inlinable public var destinationCID: UInt64 { bytes.littleEndian(at: 8) }
  @inlinable public var sourcePort: UInt32 { bytes.littleEndian(at: 16) }
  @inlinable public var destinationPort: UInt32 { bytes.littleEndian(at: 20) }
  /// Bytes of payload.
  @inlinable public var length: UInt32 { bytes.littleEndian(at: 24) }
  /// 1 stream, 2 seqpacket.
  @inlinable public var type: UInt16 { bytes.littleEndian(at: 28) }
  @inlinable public var operation: UInt16 { bytes.littleEndian(at: 30) }
  /// Of SHUTDOWN and RW.
  @inlinable public var flags: UInt32 { bytes.littleEndian(at: 32) }
  /// Receive buffer of the sender for this connection, in bytes.
  @inlinable public var bufferSpace: UInt32 { bytes.littleEndian(at: 36) }
  /// Bytes that the sender has received and taken out of it so far.
  @inlinable public var forwardedCount: UInt32 { bytes.littleEndian(at: 40) }
}
