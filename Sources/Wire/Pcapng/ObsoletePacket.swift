/// A view of the packet block of old files.
///
///      0      4     8              10      12        16       20       24       28
///      | type | len | interface id | drops | ts high | ts low | caplen | origlen| data | options
///
/// Source: draft-ietf-opsawg-pcapng, appendix "Packet Block (obsolete!)".
public struct ObsoletePacket: ~Escapable {
  let header: RawSpan
  let bigEndian: Bool
  /// The captured bytes.
  public let data: RawSpan
  /// Offset in the block of `data`.
  public static var dataOffset: Int { 28 }

  /// Views `block`; nil when the captured length does not fit into it.
  @_lifetime(copy block)
  public init?(_ block: PcapngBlock) {
    guard block.bytes.byteCount >= 32 else { return nil }
    header = block.bytes.extracting(first: Self.dataOffset)
    bigEndian = block.bigEndian
    let body = block.bytes.extracting(Self.dataOffset..<block.bytes.byteCount &- 4)
    let captured = Int(header.integer(UInt32.self, at: 20, bigEndian: block.bigEndian))
    guard captured <= body.byteCount else { return nil }
    data = body.extracting(first: captured)
  }

  /// Which interface description of the section the packet belongs to, from 0.
  public var interface: UInt16 { header.integer(at: 8, bigEndian: bigEndian) }

  /// Packets lost before this one; 0xffff if unknown.
  public var drops: UInt16 { header.integer(at: 10, bigEndian: bigEndian) }

  /// The time in units of the interface.
  public var timestamp: UInt64 {
    UInt64(header.integer(UInt32.self, at: 12, bigEndian: bigEndian)) << 32
      | UInt64(header.integer(UInt32.self, at: 16, bigEndian: bigEndian))
  }

  /// Length of the packet before it was cut to the captured length.
  public var originalLength: UInt32 { header.integer(at: 24, bigEndian: bigEndian) }
}
