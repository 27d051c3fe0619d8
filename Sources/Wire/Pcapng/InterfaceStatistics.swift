/// A view of an interface statistics block.
///
///      0      4     8              12        16       20
///      | type | len | interface id | ts high | ts low | options
///
/// Source: draft-ietf-opsawg-pcapng, "Interface Statistics Block".
public struct InterfaceStatistics: ~Escapable {
  let bytes: RawSpan
  let bigEndian: Bool

  /// `isb_ifdrop` and `isb_osdrop`: packets that the interface and the system lost.
  public static var interfaceDropOption: UInt16 { 5 }
  public static var systemDropOption: UInt16 { 7 }

  /// Views `block`.
  @_lifetime(copy block)
  public init?(_ block: PcapngBlock) {
    guard block.bytes.byteCount >= 24 else { return nil }
    bytes = block.bytes
    bigEndian = block.bigEndian
  }

  /// Which interface description of the section is meant, from 0.
  public var interface: UInt32 { bytes.integer(at: 8, bigEndian: bigEndian) }

  /// Packets lost since the capture began, nil where the block does not say.
  public var drops: UInt64? {
    var options = PcapngOptions(
      bytes.extracting(20..<bytes.byteCount &- 4), bigEndian: bigEndian)
    var drops: UInt64?
    while let option = options.next() {
      guard option.code == Self.interfaceDropOption || option.code == Self.systemDropOption,
        option.value.byteCount == 8
      else { continue }
      let count = option.value.integer(UInt64.self, at: 0, bigEndian: bigEndian)
      let (sum, overflow) = (drops ?? 0).addingReportingOverflow(count)
      drops = overflow ? .max : sum
    }
    return drops
  }
}
