/// Where a field of an event lies, as the kernel's `format` file says.
///
/// A line of such a file: `field:unsigned short common_type; offset:0; size:2; signed:0;`, the
/// parts behind tabs.
public struct EventField: Sendable, Equatable {
  /// The name without type and array bounds.
  public var name: String
  /// Offset from the beginning of the event's data.
  public var offset: Int
  /// Bytes, or 0 where the kernel does not say.
  public var size: Int
  public var isSigned: Bool

  public init(name: String, offset: Int, size: Int, isSigned: Bool) {
    self.name = name
    self.offset = offset
    self.size = size
    self.isSigned = isSigned
  }

  /// Reads one line, nil when it describes no field.
  public init?(line: RawSpan) {
    guard let first = Self.part(of: line, from: 0), first.key == Key.field else { return nil }
    name = Self.name(in: line.extracting(first.value))
    isSigned = false
    var offset: Int?
    var size: Int?
    var place = first.value.upperBound + 1
    while let part = Self.part(of: line, from: place) {
      place = part.value.upperBound + 1
      let number = line.extracting(part.value).leadingNumber
      switch part.key {
      case Key.offset: offset = number
      case Key.size: size = number
      case Key.signed: isSigned = (number ?? 0) != 0
      default: break
      }
    }
    guard let offset, let size else { return nil }
    self.offset = offset
    self.size = size
  }

  /// The words before the colons, told by first letter and length, which suffices.
  private enum Key {
    static let field = key("f", 5)
    static let offset = key("o", 6)
    static let size = key("s", 4)
    static let signed = key("s", 6)

    static func key(_ letter: Unicode.Scalar, _ length: Int) -> Int {
      Int(letter.value) << 8 | length
    }
  }

  /// The next `key:value` before a semicolon, white space before it passed over.
  private static func part(of line: RawSpan, from place: Int) -> (key: Int, value: Range<Int>)? {
    var start = place
    while start < line.byteCount, [0x20, 0x09].contains(line.byte(at: start)) { start += 1 }
    guard start < line.byteCount else { return nil }
    let end = line.find(UInt8(ascii: ";"), from: start)
    let colon = line.find(UInt8(ascii: ":"), from: start)
    guard colon < end else { return nil }
    let key = Int(line.byte(at: start)) << 8 | min(colon - start, 255)
    return (key, colon + 1..<end)
  }

  /// The last word of a C declaration, array bounds left out.
  private static func name(in declaration: RawSpan) -> String {
    var end = declaration.find(UInt8(ascii: "["), from: 0)
    while end > 0, declaration.byte(at: end - 1) == 0x20 { end -= 1 }
    var start = end
    while start > 0, isPartOfName(declaration.byte(at: start - 1)) { start -= 1 }
    return declaration.extracting(start..<end).shortText
  }

  private static func isPartOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
