import Foundation
import Model
import Recordings
import Wire

/// Guest memory in pieces, which are never joined even where they touch.
struct PieceMemory: GuestMemory {
  private(set) var bytes: [UInt8] = []
  private var pieces: [(start: UInt64, offset: Int, count: Int)] = []
  var isWhole = false

  @_lifetime(borrow self)
  borrowing func span(at address: UInt64, count: Int) -> RawSpan? {
    for piece in pieces where address >= piece.start && count > 0 {
      let inside = address - piece.start
      guard inside < piece.count else { continue }
      let start = piece.offset + Int(inside)
      return bytes.span.raw.extracting(start..<min(start + count, piece.offset + piece.count))
    }
    return nil
  }

  mutating func add(_ start: UInt64, _ content: [UInt8]) {
    pieces.append((start, bytes.count, content.count))
    bytes += content
  }

  /// Writes an integer over what is there.
  mutating func set<T: FixedWidthInteger>(_ address: UInt64, _ value: T, bigEndian: Bool = false) {
    for index in 0..<MemoryLayout<T>.size {
      let shift = 8 * (bigEndian ? MemoryLayout<T>.size - 1 - index : index)
      let place = address + UInt64(index)
      guard
        let piece = pieces.first(where: { place >= $0.start && place < $0.start + UInt64($0.count) }
        )
      else { continue }
      bytes[piece.offset + Int(place - piece.start)] = UInt8(truncatingIfNeeded: value >> shift)
    }
  }

  /// A ring snapshot of `fixtures/x86`, whose README tells the format.
  static func snapshot(_ name: String) throws -> PieceMemory {
    var source = try ByteSource(path: Fixture.path(name))
    let file = try source.mapped()
    var memory = PieceMemory()
    var reader = ByteReader(file.bytes)
    try reader.skip(6)
    while !reader.isAtEnd {
      let address: UInt64 = try reader.littleEndian()
      let length = Int(try reader.littleEndian(UInt32.self))
      let isZero = address & 1 == 1
      memory.add(
        address & ~1,
        isZero ? [UInt8](repeating: 0, count: length) : try reader.take(length).array)
    }
    return memory
  }
}
