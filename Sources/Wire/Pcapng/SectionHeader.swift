/// A view of a section header block, which begins a section and states its byte order.
///
///      0      4     8       12      14      16             24
///      | type | len | magic | major | minor | section len  | options
///
/// Source: draft-ietf-opsawg-pcapng, "Section Header Block".
public struct SectionHeader: ~Escapable {
  let bytes: RawSpan
  /// The byte order of the section.
  public let bigEndian: Bool

  /// `shb_hardware`, `shb_os` and `shb_userappl`.
  public static var hardwareOption: UInt16 { 2 }
  public static var systemOption: UInt16 { 3 }
  public static var applicationOption: UInt16 { 4 }

  /// Views `block`.
  @_lifetime(copy block)
  public init?(_ block: PcapngBlock) {
    guard block.bytes.byteCount >= 28 else { return nil }
    bytes = block.bytes
    bigEndian = block.bigEndian
  }

  /// Version of the format, 1 today.
  public var major: UInt16 { bytes.integer(at: 12, bigEndian: bigEndian) }

  public var minor: UInt16 { bytes.integer(at: 14, bigEndian: bigEndian) }

  /// Bytes of the section behind this block, nil where the writer did not know. A reader that
  /// goes from block to block has no need of it.
  public var sectionLength: UInt64? {
    let length = bytes.integer(UInt64.self, at: 16, bigEndian: bigEndian)
    return length == .max ? nil : length
  }

  public var options: PcapngOptions {
    @_lifetime(copy self)
    get { PcapngOptions(bytes.extracting(24..<bytes.byteCount &- 4), bigEndian: bigEndian) }
  }
}
