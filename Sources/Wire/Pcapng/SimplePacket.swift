/// A view of a simple packet block, which has no time and belongs to the section's interface 0.
///
///      0      4     8         12
///      | type | len | origlen | data, padded |
///
/// Source: draft-ietf-opsawg-pcapng, "Simple Packet Block".
public struct SimplePacket: ~Escapable {
  /// The captured bytes.
  public let data: RawSpan
  /// Length of the packet before it was cut to the captured length.
  public let originalLength: UInt32
  /// Offset in the block of `data`.
  public static var dataOffset: Int { 12 }

  /// Views `block`. What was captured is the least of the original length, the interface's
  /// `snapLength` (0 = no limit), and what the block has room for.
  @_lifetime(copy block)
  public init?(_ block: PcapngBlock, snapLength: UInt32) {
    guard block.bytes.byteCount >= 16 else { return nil }
    originalLength = block.bytes.integer(at: 8, bigEndian: block.bigEndian)
    let room = block.bytes.byteCount &- 16
    let limit = snapLength == 0 ? UInt32.max : snapLength
    let captured = Int(min(originalLength, limit))
    guard captured <= room else { return nil }
    data = block.bytes.extracting(Self.dataOffset..<Self.dataOffset &+ captured)
  }
}
