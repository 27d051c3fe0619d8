/// How a `trace.dat` file begins: what all other numbers of the file depend on.
///
///     | 17 08 44 | tracing | version | 0 | order | long | page size | name | 0 | version | 0 | options |
///       3          7         text        1       1      4           from version 7 on        8
///
/// Source: trace-cmd.dat.v6(5) and trace-cmd.dat.v7(5).
public struct TraceDatHeader: Sendable, Equatable {
  /// 6 or 7: the two versions that differ in more than their number.
  public var version: Int
  /// Whether every number of the file has its most significant byte first.
  public var isBigEndian: Bool
  /// Bytes of a `long` of the recorder's user space.
  public var longSize: Int
  /// Page size of the recorded machine; version 7 says it again for each buffer.
  public var pageSize: Int
  /// `none`, `zlib` or `zstd`.
  public var compression: String
  /// Offset of the first section of options (version 7), 0 in version 6.
  public var optionsOffset: UInt64
  /// Bytes that the header itself takes.
  public var byteCount: Int

  /// The ten bytes by which a file is known.
  public static var magic: [UInt8] { [0x17, 0x08, 0x44] + Array("tracing".utf8) }

  /// What a file of this machine would begin with, for events that are read without a file.
  public init(isBigEndian: Bool, longSize: Int) {
    version = 7
    self.isBigEndian = isBigEndian
    self.longSize = longSize
    pageSize = 4096
    compression = "none"
    optionsOffset = 0
    byteCount = 0
  }

  /// Reads the beginning of a file.
  public init(_ file: RawSpan) throws(DecodeError) {
    var reader = ByteReader(file, layer: "trace.dat header")
    guard file.starts(with: Self.magic) else {
      throw DecodeError(
        .unexpected(field: "magic", expected: "17 08 44 tracing", found: "something else"),
        at: 0, in: "trace.dat header")
    }
    try reader.skip(Self.magic.count)
    version = try Self.version(&reader)
    isBigEndian = try reader.integer(UInt8.self, bigEndian: false) != 0
    longSize = try Self.longSize(&reader)
    pageSize = try Self.pageSize(&reader, bigEndian: isBigEndian)
    compression = "none"
    optionsOffset = 0
    if version >= 7 {
      compression = try reader.takeUntilZero().shortText
      _ = try reader.takeUntilZero()
      optionsOffset = try reader.integer(bigEndian: isBigEndian)
    }
    byteCount = reader.offset
  }

  private static func version(_ reader: inout ByteReader) throws(DecodeError) -> Int {
    let place = reader.offset
    let text = try reader.takeUntilZero().shortText
    guard let version = Int(text), 6...7 ~= version else {
      throw DecodeError(
        .unsupported("version \"\(text)\" of the format"), at: place, in: "trace.dat header")
    }
    return version
  }

  private static func longSize(_ reader: inout ByteReader) throws(DecodeError) -> Int {
    let place = reader.offset
    let size = try reader.integer(UInt8.self, bigEndian: false)
    guard size == 4 || size == 8 else {
      throw DecodeError(
        .unexpected(field: "size of long", expected: "4 or 8", found: "\(size)"), at: place,
        in: "trace.dat header")
    }
    return Int(size)
  }

  private static func pageSize(
    _ reader: inout ByteReader, bigEndian: Bool
  ) throws(DecodeError) -> Int {
    let place = reader.offset
    let size: UInt32 = try reader.integer(bigEndian: bigEndian)
    guard RingPageLayout.isPageSize(UInt64(size)) else {
      throw DecodeError(
        .unexpected(field: "page size", expected: "a power of two up to 16 MiB", found: "\(size)"),
        at: place, in: "trace.dat header")
    }
    return Int(size)
  }
}
