/// Delivers bytes that are in memory already, in pieces, as a pipe would.
final class ArrayProducer: ByteProducer {
  private let bytes: [UInt8]
  private let piece: Int
  private var next = 0

  /// Delivers `bytes`, at most `piece` of them at a time.
  init(_ bytes: [UInt8], piece: Int = .max) {
    self.bytes = bytes
    self.piece = max(piece, 1)
  }

  func produce(into room: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(room.count, piece, bytes.count - next)
    unsafe room.copyBytes(from: bytes[next..<next + count])
    next += count
    return count
  }

  var inputBytes: UInt64 { UInt64(next) }
  var damage: SourceDamage? { nil }
}
