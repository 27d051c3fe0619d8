/// A view of a custom block, whose content only its maker knows.
///
///      0      4     8                         12
///      | type | len | private enterprise number | content |
///
/// Source: draft-ietf-opsawg-pcapng, "Custom Block".
public struct CustomBlock: ~Escapable {
  let bytes: RawSpan
  let bigEndian: Bool

  /// Views `block`.
  @_lifetime(copy block)
  public init?(_ block: PcapngBlock) {
    guard block.bytes.byteCount >= 16 else { return nil }
    bytes = block.bytes
    bigEndian = block.bigEndian
  }

  /// Who made the block: a number of IANA's registry.
  public var enterprise: UInt32 { bytes.integer(at: 8, bigEndian: bigEndian) }
}
