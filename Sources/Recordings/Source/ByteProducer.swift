/// Where a stream's bytes come from: a descriptor, or a decompressor over another producer.
///
/// A class because it has identity: a position in the world that moves when it is read.
protocol ByteProducer: AnyObject {
  /// Fills as much of `room` as is there now, at least one byte; 0 at the end.
  ///
  /// Blocks only when nothing at all is there, so that a pipe is read as it fills.
  func produce(into room: UnsafeMutableRawBufferPointer) -> Int

  /// Bytes taken so far from the input as given.
  var inputBytes: UInt64 { get }

  /// What was wrong with the bytes when they ended, nil while all is well.
  var damage: SourceDamage? { get }
}

/// Why a stream ends before its content does.
struct SourceDamage: Equatable, Sendable {
  /// Offset in the bytes as given, before decompression.
  var place: UInt64
  var text: String
  /// Whether bytes are missing, as opposed to wrong.
  var isTruncation: Bool
}

/// Delivers a few bytes that were already taken, then the rest.
final class HeadedProducer: ByteProducer {
  private var head: [UInt8]
  private let rest: any ByteProducer

  init(head: [UInt8], rest: any ByteProducer) {
    self.head = head
    self.rest = rest
  }

  /// Takes the first `count` bytes of `producer`, fewer when it ends before.
  static func take(_ count: Int, of producer: any ByteProducer) -> [UInt8] {
    var head: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: count)
    while head.count < count {
      let wanted = count - head.count
      // The buffer is lent for the call only, and cut to what is still wanted.
      let got = unsafe buffer.withUnsafeMutableBytes {
        unsafe producer.produce(into: UnsafeMutableRawBufferPointer(rebasing: $0.prefix(wanted)))
      }
      guard got > 0 else { break }
      head += buffer.prefix(got)
    }
    return head
  }

  func produce(into room: UnsafeMutableRawBufferPointer) -> Int {
    guard !head.isEmpty else { return unsafe rest.produce(into: room) }
    let count = min(head.count, room.count)
    unsafe room.copyBytes(from: head.prefix(count))
    head.removeFirst(count)
    return count
  }

  var inputBytes: UInt64 { rest.inputBytes }
  var damage: SourceDamage? { rest.damage }
}
