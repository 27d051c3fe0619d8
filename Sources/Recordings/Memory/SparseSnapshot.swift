public import Model
internal import Wire

/// Pages of guest memory in the `VRAM1` format, plain or compressed.
///
/// Six bytes `VRAM1\n`, then records: u64 guest-physical address, u32 length, the bytes; with bit 0
/// of the address set, the bytes are zeros and do not follow. Everything is little-endian. The bytes
/// stay in the mapped file.
public struct SparseSnapshot: GuestMemory, ~Copyable {
  private let file: MappedFile
  private let pieces: [Piece]
  private let zeros: [UInt8]

  private struct Piece {
    var start: UInt64
    /// First address behind the piece.
    var end: UInt64
    /// Where its bytes lie in the file; -1 for zeros.
    var offset: Int
  }

  /// Opens the snapshot at `path`.
  public init(path: String) throws(RecordingError) {
    var source = try ByteSource(path: path)
    let whole = try source.mapped()
    pieces = try Self.pieces(of: whole, path: path)
    file = whole
    zeros = [UInt8](repeating: 0, count: 4096)
  }

  private static func pieces(
    of file: borrowing MappedFile, path: String
  ) throws(RecordingError) -> [Piece] {
    do throws(DecodeError) {
      return try index(file.bytes)
    } catch {
      throw RecordingError(.damaged("offset \(error.offset): \(error)"), path: path)
    }
  }

  private static func index(_ bytes: RawSpan) throws(DecodeError) -> [Piece] {
    var reader = ByteReader(bytes, layer: "memory snapshot")
    let magic = try reader.take(6)
    guard magic.starts(with: Array("VRAM1\n".utf8)) else {
      throw DecodeError(
        .unexpected(field: "magic", expected: "VRAM1", found: "\(magic.array)"), at: 0,
        in: "memory snapshot")
    }
    var pieces: [Piece] = []
    while !reader.isAtEnd {
      let place = reader.offset
      let address: UInt64 = try reader.littleEndian()
      let length: UInt32 = try reader.littleEndian()
      let start = address & ~1
      let (end, wraps) = start.addingReportingOverflow(UInt64(length))
      guard !wraps else {
        throw DecodeError(
          .badLength(field: "length", found: UInt64(length)), at: place, in: "memory snapshot")
      }
      pieces.append(Piece(start: start, end: end, offset: address & 1 == 1 ? -1 : reader.offset))
      if address & 1 == 0 { try reader.skip(Int(length)) }
    }
    pieces.sort { $0.start < $1.start }
    return pieces
  }

  @_lifetime(borrow self)
  public borrowing func span(at address: UInt64, count: Int) -> RawSpan? {
    guard count > 0, let piece = piece(holding: address) else { return nil }
    let inside = Int(truncatingIfNeeded: address &- piece.start)
    let rest = Int(truncatingIfNeeded: piece.end &- address)
    if piece.offset < 0 {
      return zeros.span.raw.extracting(first: min(count, rest, zeros.count))
    }
    let start = piece.offset &+ inside
    return file.bytes.extracting(start..<start &+ min(count, rest))
  }

  private borrowing func piece(holding address: UInt64) -> Piece? {
    var low = 0
    var high = pieces.count
    while low < high {
      let middle = (low &+ high) / 2
      if pieces[middle].start <= address { low = middle &+ 1 } else { high = middle }
    }
    guard low > 0, address < pieces[low &- 1].end else { return nil }
    return pieces[low &- 1]
  }
}
