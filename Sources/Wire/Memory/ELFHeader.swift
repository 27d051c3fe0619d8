/// A view of the header of an ELF file, of either class and either byte order.
///
/// source: System V Application Binary Interface, "ELF Header" and "Program Header".
public struct ELFHeader: ~Escapable {
  let bytes: RawSpan
  /// Whether addresses and offsets are 64 bits wide.
  public let is64: Bool
  /// Whether the file's integers begin with their most significant byte.
  public let isBigEndian: Bool

  /// `e_type` of a core file.
  public static var coreType: UInt16 { 4 }
  /// `e_phnum` when the number does not fit and stands in the first section header.
  static var numberElsewhere: UInt16 { 0xffff }

  /// Views `file`, which begins with the header.
  @_lifetime(copy file)
  public init(_ file: RawSpan) throws(DecodeError) {
    guard file.byteCount >= 16 else {
      throw DecodeError(
        .truncated(needed: 16, available: file.byteCount), at: 0, in: "ELF identification")
    }
    guard file.starts(with: [0x7f, 0x45, 0x4c, 0x46]) else {
      throw DecodeError(
        .unexpected(field: "magic", expected: "7f 45 4c 46", found: "something else"), at: 0,
        in: "ELF identification")
    }
    is64 = try Self.choice(file, at: 4, field: "class")
    isBigEndian = try Self.choice(file, at: 5, field: "byte order")
    let size = is64 ? 64 : 52
    guard file.byteCount >= size else {
      throw DecodeError(
        .truncated(needed: size, available: file.byteCount), at: 0, in: "ELF header")
    }
    bytes = file
  }

  /// A byte of the identification that is 1 (false) or 2 (true).
  private static func choice(
    _ file: RawSpan, at offset: Int, field: String
  ) throws(DecodeError) -> Bool {
    switch file.byte(at: offset) {
    case 1: return false
    case 2: return true
    case let found:
      throw DecodeError(
        .unexpected(field: field, expected: "1 or 2", found: "\(found)"), at: offset,
        in: "ELF identification")
    }
  }

  /// What kind of file it is.
  public var type: UInt16 { short(16) }
  /// Offset in the file of the program headers.
  public var programHeaderOffset: UInt64 { is64 ? long(32) : UInt64(word(28)) }
  /// The size that the file states for one program header.
  public var programHeaderSize: Int { Int(short(is64 ? 54 : 42)) }

  /// How many program headers there are; a number that fits no 16 bits stands in `sh_info` of the
  /// first section header.
  public func programHeaderCount() throws(DecodeError) -> UInt32 {
    let count = short(is64 ? 56 : 44)
    guard count == Self.numberElsewhere else { return UInt32(count) }
    let section = is64 ? long(40) : UInt64(word(32))
    let (place, wraps) = section.addingReportingOverflow(is64 ? 44 : 28)
    guard !wraps, let offset = Int(exactly: place), offset <= bytes.byteCount &- 4 else {
      throw DecodeError(
        .badLength(field: "offset of the section headers", found: section), at: is64 ? 40 : 32,
        in: "ELF header")
    }
    return word(offset)
  }

  /// The program header at `index`.
  public func programHeader(_ index: UInt32) throws(DecodeError) -> ELFProgramHeader {
    let needed = is64 ? 56 : 32
    guard programHeaderSize >= needed else {
      throw DecodeError(
        .badLength(field: "size of a program header", found: UInt64(programHeaderSize)),
        at: is64 ? 54 : 42, in: "ELF header")
    }
    // Neither factor is larger than 32 bits, so that the product fits.
    let distance = UInt64(index) &* UInt64(programHeaderSize)
    let (place, wraps) = programHeaderOffset.addingReportingOverflow(distance)
    guard !wraps, let start = Int(exactly: place), start <= bytes.byteCount &- needed else {
      throw DecodeError(
        .truncated(needed: needed, available: 0), at: Int(clamping: place),
        in: "ELF program header")
    }
    return ELFProgramHeader(
      place: start, type: word(start),
      offset: is64 ? long(start &+ 8) : UInt64(word(start &+ 4)),
      physicalAddress: is64 ? long(start &+ 24) : UInt64(word(start &+ 12)),
      fileSize: is64 ? long(start &+ 32) : UInt64(word(start &+ 16)))
  }

  private func short(_ offset: Int) -> UInt16 {
    bytes.integer(at: offset, bigEndian: isBigEndian)
  }
  private func word(_ offset: Int) -> UInt32 { bytes.integer(at: offset, bigEndian: isBigEndian) }
  private func long(_ offset: Int) -> UInt64 { bytes.integer(at: offset, bigEndian: isBigEndian) }
}
