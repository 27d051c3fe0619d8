/// Where guest memory comes from, as it is named on the command line.
public enum MemorySource: Equatable, Sendable {
  /// `sparse:PATH`: pages in the `VRAM1` format.
  case sparse(path: String)
  /// `file:PATH[:OFFSET][@ADDRESS[+LENGTH]]`: a raw image, `offset` bytes into the file, that
  /// begins at the guest-physical `address`; without a length it goes to the end of the file.
  case file(path: String, offset: UInt64, address: UInt64, length: UInt64?)
  /// `elf:PATH`: a dump of the machine: an ELF core, or a kdump-compressed dump.
  case elf(path: String)
  /// `qmp:SOCKET`: a running QEMU, by the unix socket of its monitor's machine protocol.
  case qmp(socket: String)

  /// The source is a range of guest memory by itself, whose ends are those of memory; a dump may
  /// leave out pages of any.
  var isRange: Bool { if case .file = self { true } else { false } }

  /// Why a text names no source.
  public struct Problem: Error, Equatable, Sendable, CustomStringConvertible {
    public var text: String
    public var reason: String
    public var description: String { "\(text): \(reason)" }
  }

  /// Reads the text form.
  ///
  /// Numbers are decimal, or hexadecimal with `0x`. What follows the last `@`, and before it the
  /// last `:`, is taken as numbers where it is that, and as part of the path where it is not: a
  /// path that itself ends so is named in full by adding `:0@0`.
  public static func parse(_ text: String) throws(Problem) -> MemorySource {
    guard let colon = text.firstIndex(of: ":") else {
      throw Problem(
        text: text,
        reason: "expected sparse:PATH, file:PATH[:OFFSET][@ADDRESS[+LENGTH]], elf:PATH or "
          + "qmp:SOCKET")
    }
    let path = String(text[text.index(after: colon)...])
    guard !path.isEmpty else { throw Problem(text: text, reason: "names no file") }
    switch text[..<colon] {
    case "sparse": return .sparse(path: path)
    case "elf": return .elf(path: path)
    case "file": return try parseFile(path[...], text: text)
    case "qmp": return .qmp(socket: path)
    case let kind:
      throw Problem(text: text, reason: "\"\(kind)\" is no kind of memory: sparse, file, elf, qmp")
    }
  }

  private static func parseFile(
    _ rest: Substring, text: String
  ) throws(Problem) -> MemorySource {
    var path = rest
    var address: UInt64 = 0
    var length: UInt64?
    if let at = path.lastIndex(of: "@"), let place = Place(path[path.index(after: at)...]) {
      (address, length) = (place.address, place.length)
      path = path[..<at]
    }
    var offset: UInt64 = 0
    if let colon = path.lastIndex(of: ":"), let number = number(path[path.index(after: colon)...]) {
      offset = number
      path = path[..<colon]
    }
    guard !path.isEmpty else { throw Problem(text: text, reason: "names no file") }
    guard length != 0 else { throw Problem(text: text, reason: "a length of 0 holds nothing") }
    return .file(path: String(path), offset: offset, address: address, length: length)
  }

  /// `ADDRESS` or `ADDRESS+LENGTH`.
  private struct Place {
    var address: UInt64
    var length: UInt64?

    init?(_ text: Substring) {
      let parts = text.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
      guard let first = parts.first, let address = number(first) else { return nil }
      self.address = address
      guard parts.count == 2 else { return }
      guard let length = number(parts[1]) else { return nil }
      self.length = length
    }
  }

  private static func number(_ text: Substring) -> UInt64? {
    guard text.first?.isASCII == true, text.first?.isNumber == true else { return nil }
    if text.hasPrefix("0x") || text.hasPrefix("0X") {
      // `init(_:radix:)` would take a sign here.
      let digits = text.dropFirst(2)
      guard digits.first?.isHexDigit == true else { return nil }
      return UInt64(digits, radix: 16)
    }
    return UInt64(text)
  }
}
