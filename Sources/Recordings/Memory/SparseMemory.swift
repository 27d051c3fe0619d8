internal import Wire

/// Reads the sparse `VRAM1` format: pages of guest memory, each with its address.
///
///     "VRAM1\n"                     6 bytes
///     | address u64 | length u32 | length bytes |   any number of these, little-endian
///
/// Bit 0 of the address says that the page is all zeros and no bytes follow. Records may stand in
/// any order; two that overlap are an error, as nothing says which of them holds.
///
/// source: fixtures/x86/README.md, "Ring snapshots".
enum SparseMemory {
  static let magic = Array("VRAM1\n".utf8)
  private static var headerSize: Int { 12 }

  /// Maps the file at `path` (plain, gzip or zstd) and finds its pages.
  static func open(_ path: String) throws(RecordingError) -> MemoryImage {
    let file = try ByteSource.mappedWhole(path)
    guard file.byteCount > 0 else { throw RecordingError(.empty, path: path) }
    let map = PieceMap(try pieces(of: file, path: path))
    return MemoryImage(files: SharedFiles(file), map: map)
  }

  private static func pieces(
    of file: borrowing MappedFile, path: String
  ) throws(RecordingError) -> [MemoryPiece] {
    do throws(DecodeError) {
      return try find(in: file.bytes)
    } catch {
      throw RecordingError(.damaged("at offset \(error.offset): \(error)"), path: path)
    }
  }

  private static func find(in bytes: RawSpan) throws(DecodeError) -> [MemoryPiece] {
    guard bytes.starts(with: magic) else {
      throw DecodeError(
        .unexpected(field: "magic", expected: "\"VRAM1\"", found: "something else"), at: 0,
        in: "sparse memory")
    }
    var reader = ByteReader(
      bytes.extracting(droppingFirst: magic.count), offset: magic.count, layer: "sparse memory")
    var found: [(piece: MemoryPiece, place: Int)] = []
    while !reader.isAtEnd {
      let place = reader.offset
      let named = try reader.littleEndian(UInt64.self)
      let length = UInt64(try reader.littleEndian(UInt32.self))
      let isZero = named & 1 == 1
      let piece = MemoryPiece(
        start: named & ~1, length: length, file: isZero ? nil : 0,
        offset: isZero ? 0 : reader.offset)
      guard let piece else {
        throw DecodeError(
          .badLength(field: "length", found: length), at: place &+ 8, in: "sparse memory")
      }
      // A length of 32 bits fits an `Int`.
      if !isZero { try reader.skip(Int(length)) }
      found.append((piece, place))
    }
    try refuseOverlaps(&found)
    return found.map(\.piece)
  }

  private static func refuseOverlaps(
    _ found: inout [(piece: MemoryPiece, place: Int)]
  ) throws(DecodeError) {
    found.sort { ($0.piece.start, $0.place) < ($1.piece.start, $1.place) }
    for index in found.indices.dropFirst() {
      let (before, after) = (found[index &- 1], found[index])
      guard before.piece.last >= after.piece.start else { continue }
      throw DecodeError(
        .unexpected(
          field: "address", expected: "outside the record at offset \(before.place)",
          found: "0x" + String(after.piece.start, radix: 16)),
        at: after.place, in: "sparse memory")
    }
  }
}
