public import Model
import Wire

/// Guest memory in pieces that bytes choose: they touch, overlap, leave holes, lie at the end of the
/// address space. Where two hold an address the first is seen, and no two are ever lent as one.
public struct HostileMemory: GuestMemory {
  private var bytes: [UInt8]
  private var pieces: [Piece] = []
  public var isWhole = false

  private struct Piece {
    var start: UInt64
    var offset: Int
    var count: Int
  }

  public init() { bytes = [] }

  /// Bytes of all pieces together.
  public var byteCount: Int { bytes.count }

  /// Adds a piece of `content` at `start`; what would pass the end of the address space is left out.
  public mutating func add(_ start: UInt64, _ content: some Collection<UInt8>) {
    let room = UInt64.max - start
    let count = room < UInt64(content.count) ? Int(room) + 1 : content.count
    pieces.append(Piece(start: start, offset: bytes.count, count: count))
    bytes += content.prefix(count)
  }

  @_lifetime(borrow self)
  public borrowing func span(at address: UInt64, count: Int) -> RawSpan? {
    for piece in pieces where address >= piece.start && count > 0 {
      let inside = address - piece.start
      guard inside < UInt64(piece.count) else { continue }
      let start = piece.offset + Int(inside)
      return bytes.span.raw.extracting(start..<piece.offset + piece.count).extracting(first: count)
    }
    return nil
  }

  /// Writes an integer over what is there; bytes that nothing backs are lost.
  mutating func set<T: FixedWidthInteger>(_ address: UInt64, _ value: T, bigEndian: Bool) {
    for index in 0..<MemoryLayout<T>.size {
      let shift = 8 * (bigEndian ? MemoryLayout<T>.size - 1 - index : index)
      let place = address &+ UInt64(index)
      guard
        let piece = pieces.first(where: {
          place >= $0.start && place - $0.start < UInt64($0.count)
        })
      else { continue }
      bytes[piece.offset + Int(place - piece.start)] = UInt8(truncatingIfNeeded: value >> shift)
    }
  }

  /// Flips a bit of byte `index`, counted over all pieces.
  mutating func flip(_ index: Int, bit: UInt8) {
    guard !bytes.isEmpty else { return }
    bytes[index % bytes.count] ^= 1 << (bit & 7)
  }
}
