/// Goes through the options at the end of a pcapng block.
///
///      0      2        4
///      | code | length | value, padded to 4 bytes |  … until code 0 or the end
///
/// Source: draft-ietf-opsawg-pcapng, "Options".
public struct PcapngOptions: ~Escapable {
  @usableFromInline var rest: RawSpan
  @usableFromInline let bigEndian: Bool
  /// Whether the options ended in the middle of one.
  public private(set) var isDamaged = false

  /// One option: its code and its value without the padding.
  public struct Option: ~Escapable {
    public let code: UInt16
    public let value: RawSpan

    @inlinable @_lifetime(copy value)
    init(code: UInt16, value: RawSpan) {
      self.code = code
      self.value = value
    }
  }

  /// `opt_comment`, in every block.
  @inlinable public static var comment: UInt16 { 1 }

  /// Views `bytes`, the end of a block's body.
  @inlinable @_lifetime(copy bytes)
  public init(_ bytes: RawSpan, bigEndian: Bool) {
    rest = bytes
    self.bigEndian = bigEndian
  }

  /// The next option; nil at the end.
  @_lifetime(copy self)
  public mutating func next() -> Option? {
    guard rest.byteCount >= 4 else {
      if rest.byteCount > 0 { isDamaged = true }
      return nil
    }
    let code = rest.integer(UInt16.self, at: 0, bigEndian: bigEndian)
    let length = Int(rest.integer(UInt16.self, at: 2, bigEndian: bigEndian))
    guard code != 0 else { return nil }
    rest = rest.extracting(droppingFirst: 4)
    guard rest.byteCount >= length else {
      isDamaged = true
      rest = rest.extracting(first: 0)
      return nil
    }
    let value = rest.extracting(first: length)
    rest = rest.extracting(droppingFirst: min((length + 3) & ~3, rest.byteCount))
    return Option(code: code, value: value)
  }
}
