/// The header that every section of a version 7 file begins with.
///
///     0    2       4             8      16
///     | id | flags | description | size | content …
///
/// Source: trace-cmd.dat.v7(5), "Format of the section header".
public struct TraceDatSection: Sendable, Equatable {
  /// What the section holds: the id of an option that points to it, 0 for options.
  public var id: UInt16
  /// Whether the content is compressed.
  public var isCompressed: Bool
  /// Bytes of the content in the file.
  public var size: UInt64

  /// Bytes of the header.
  public static var byteCount: Int { 16 }

  /// Reads the header of a section.
  public init(_ reader: inout ByteReader, bigEndian: Bool) throws(DecodeError) {
    id = try reader.integer(bigEndian: bigEndian)
    let flags: UInt16 = try reader.integer(bigEndian: bigEndian)
    isCompressed = flags & 1 != 0
    _ = try reader.integer(UInt32.self, bigEndian: bigEndian)
    size = try reader.integer(bigEndian: bigEndian)
  }
}
