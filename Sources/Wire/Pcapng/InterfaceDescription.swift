/// A view of an interface description block.
///
///      0      4     8           10         12        16
///      | type | len | link type | reserved | snaplen | options
///
/// Source: draft-ietf-opsawg-pcapng, "Interface Description Block".
public struct InterfaceDescription: ~Escapable {
  let bytes: RawSpan
  /// The byte order of the section.
  public let bigEndian: Bool

  /// `if_name`, `if_description`, `if_tsresol` and `if_tsoffset`.
  public static var nameOption: UInt16 { 2 }
  public static var descriptionOption: UInt16 { 3 }
  public static var resolutionOption: UInt16 { 9 }
  public static var offsetOption: UInt16 { 14 }

  /// Views `block`.
  @_lifetime(copy block)
  public init?(_ block: PcapngBlock) {
    guard block.bytes.byteCount >= 20 else { return nil }
    bytes = block.bytes
    bigEndian = block.bigEndian
  }

  /// What the packets are: a number of the LINKTYPE registry.
  public var linkType: UInt16 { bytes.integer(at: 8, bigEndian: bigEndian) }

  /// Packets are cut to this length; 0 = they are not.
  public var snapLength: UInt32 { bytes.integer(at: 12, bigEndian: bigEndian) }

  public var options: PcapngOptions {
    @_lifetime(copy self)
    get { PcapngOptions(bytes.extracting(16..<bytes.byteCount &- 4), bigEndian: bigEndian) }
  }
}
