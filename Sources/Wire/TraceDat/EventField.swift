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
    guard let start = line.firstOffset(of: "field:") else { return nil }
    let from = start + 6
    let declaration = line.extracting(from..<line.find(UInt8(ascii: ";"), from: from))
    guard let offset = line.number(after: ";\toffset:") ?? line.number(after: "offset:"),
      let size = line.number(after: "\tsize:") ?? line.number(after: "size:")
    else { return nil }
    name = Self.name(in: declaration)
    self.offset = offset
    self.size = size
    isSigned = (line.number(after: "signed:") ?? 0) != 0
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
