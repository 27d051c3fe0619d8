/// A view of an enhanced packet block.
///
///      0      4      8              12        16       20       24       28
///      | type | len  | interface id | ts high | ts low | caplen | origlen| data, padded | options
///
/// Source: draft-ietf-opsawg-pcapng, "Enhanced Packet Block".
public struct EnhancedPacket: ~Escapable {
  @usableFromInline let header: RawSpan
  @usableFromInline let bigEndian: Bool
  /// The captured bytes.
  public let data: RawSpan
  /// Offset in the block of `data`.
  @inlinable public static var dataOffset: Int { 28 }
  @usableFromInline let rest: RawSpan

  /// `epb_dropcount`: packets lost between the one before and this one.
  @inlinable public static var dropCountOption: UInt16 { 4 }

  /// Views `block`; nil when the captured length does not fit into it.
  @inlinable @inline(__always) @_lifetime(copy block)
  public init?(_ block: PcapngBlock) {
    guard block.bytes.byteCount >= 32 else { return nil }
    header = block.bytes.extracting(first: Self.dataOffset)
    bigEndian = block.bigEndian
    let body = block.bytes.extracting(Self.dataOffset..<block.bytes.byteCount &- 4)
    let captured = Int(header.integer(UInt32.self, at: 20, bigEndian: block.bigEndian))
    guard captured <= body.byteCount else { return nil }
    data = body.extracting(first: captured)
    rest = body.extracting(droppingFirst: min((captured &+ 3) & ~3, body.byteCount))
  }

  /// Which interface description of the section the packet belongs to, from 0.
  @inlinable public var interface: UInt32 { header.integer(at: 8, bigEndian: bigEndian) }

  /// The time in units of the interface.
  @inlinable public var timestamp: UInt64 {
    UInt64(header.integer(UInt32.self, at: 12, bigEndian: bigEndian)) << 32
      | UInt64(header.integer(UInt32.self, at: 16, bigEndian: bigEndian))
  }

  /// Length of the packet before it was cut to the captured length.
  @inlinable public var originalLength: UInt32 { header.integer(at: 24, bigEndian: bigEndian) }

  /// Whether anything stands behind the data.
  @inlinable public var hasOptions: Bool { rest.byteCount >= 4 }

  /// The packet's options.
  @inlinable public var options: PcapngOptions {
    @_lifetime(copy self)
    get { PcapngOptions(rest, bigEndian: bigEndian) }
  }
}
