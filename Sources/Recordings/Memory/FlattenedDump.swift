internal import Wire

/// Puts a flattened dump in order: a form for pipes, in which each piece says where in the file it
/// belongs. `makedumpfile -F` writes it, and QEMU for `-z`, `-l` and `-s` (before 8.2 always).
///
///     "makedumpfile", zeros         16 bytes
///     | type i64 = 1 | version i64 = 1 |, zeros up to 4096
///     | offset i64 | length i64 | length bytes |   any number of these
///     | -1 | -1 |                   the end
///
/// All numbers are big-endian.
///
/// source: makedumpfile(8), "-F" and "-R"; QEMU 7.2, include/sysemu/dump.h, `MakedumpfileHeader` and
/// `MakedumpfileDataHeader`.
enum FlattenedDump {
  private static var magic: [UInt8] { Array("makedumpfile\0\0\0\0".utf8) }
  private static var headerSize: Int { 4096 }

  /// `bytes` begin like a flattened dump.
  static func isOne(_ bytes: RawSpan) -> Bool { bytes.starts(with: magic) }

  /// The dump as it would stand in a file whose writer could have gone back in it.
  static func rearranged(_ bytes: RawSpan, path: String) throws(RecordingError) -> SpoolFile {
    var dump = try SpoolFile(path: path)
    var place = 0
    while let piece = try piece(in: bytes, at: place, path: path) {
      try dump.put(bytes.extracting(piece.bytes), at: piece.offset)
      place = piece.bytes.upperBound
    }
    return dump
  }

  /// Bytes of the flattened file, and where in the dump they belong.
  private struct Piece {
    var offset: Int
    var bytes: Range<Int>
  }

  /// The piece at `place`, or behind the header where that is 0; nil at the end.
  private static func piece(
    in bytes: RawSpan, at place: Int, path: String
  ) throws(RecordingError) -> Piece? {
    do throws(DecodeError) {
      var reader = ByteReader(bytes, layer: "flattened dump")
      try reader.skip(max(place, headerSize))
      return try piece(&reader)
    } catch {
      throw RecordingError(.damaged("at offset \(error.offset): \(error)"), path: path)
    }
  }

  private static func piece(_ reader: inout ByteReader) throws(DecodeError) -> Piece? {
    let place = reader.offset
    let offset = Int(try reader.bigEndian(Int64.self))
    let length = Int(try reader.bigEndian(Int64.self))
    if offset == -1 { return nil }
    guard offset >= 0 else {
      throw DecodeError(
        .badLength(field: "offset", found: UInt64(bitPattern: Int64(offset))), at: place,
        in: "flattened dump")
    }
    guard length > 0 else {
      throw DecodeError(
        .badLength(field: "length", found: UInt64(bitPattern: Int64(length))), at: place &+ 8,
        in: "flattened dump")
    }
    let start = reader.offset
    try reader.skip(length)
    return Piece(offset: offset, bytes: start..<start &+ length)
  }
}
