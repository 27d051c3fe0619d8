import Foundation
import Testing
import Wire

@testable import Model

/// Requests and answers of the channel I/O recordings, against the bytes of each buffer that their
/// recorder wrote beside them.
@Suite struct RequestOracleTests {
  /// One chain that the driver made available or the device used: its queue, and the first bytes of
  /// what was to be read of it, or was written into it.
  struct Message: Equatable {
    var queue: Int32
    var id: UInt64
    /// Bytes of all of it. Of an answer the recorder has only the buffers of its used length.
    var length: UInt64
    var bytes: [UInt8]
    /// The last byte of what the device may write.
    var last: UInt8?
  }

  /// The bytes that the recorder noted of buffers: those of the first without a gap, as vtrace counts
  /// them, and the last one of all where it has it.
  static func message(
    _ queue: Int, _ id: UInt64, _ buffers: [[String: Any]], withLast: Bool
  ) -> Message {
    var message = Message(queue: Int32(queue), id: id, length: 0, bytes: [])
    var isWhole = true
    for buffer in buffers {
      let length = buffer["len"] as? Int ?? 0
      let data = AdminWords.bytes((buffer["data"] as? String ?? "")[...]) ?? []
      message.length += UInt64(length)
      if isWhole { message.bytes += data }
      isWhole = isWhole && data.count >= length
      message.last = withLast && data.count >= length ? data.last : nil
    }
    message.bytes = Array(message.bytes.prefix(PayloadHead.limit))
    return message
  }

  /// The descriptors of a chain, those of its table in its place.
  static func flat(_ descriptors: [[String: Any]]) -> [[String: Any]] {
    descriptors.flatMap { ($0["indirect"] as? [[String: Any]]).map(flat) ?? [$0] }
  }

  static func told(_ name: Substring) throws -> (made: [Message], answered: [Message]) {
    var result: (made: [Message], answered: [Message]) = ([], [])
    for line in try Fixture.lines("\(name).jsonl") where !line.isEmpty {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      guard let event = object, let kind = event["ev"] as? String,
        kind == "avail" || kind == "used", let queue = event["queue"] as? Int
      else { continue }
      for entry in event["new"] as? [[String: Any]] ?? [] {
        if kind == "avail" {
          let readable = flat(entry["desc"] as? [[String: Any]] ?? [])
            .filter { RingHistoryOracleTests.hex($0["flags"]) & 2 == 0 }
          let id = UInt64(entry["head"] as? Int ?? -1)
          let message = message(queue, id, readable, withLast: false)
          if !message.bytes.isEmpty { result.made.append(message) }
        } else {
          let id = UInt64(entry["id"] as? Int ?? -1)
          var message = message(
            queue, id, entry["in"] as? [[String: Any]] ?? [], withLast: true)
          message.length = 0
          if !message.bytes.isEmpty { result.answered.append(message) }
        }
      }
    }
    return result
  }

  static func seen(_ name: Substring) throws -> (made: [Message], answered: [Message]) {
    final class Box: @unchecked Sendable {
      var made: [Message] = []
      var answered: [Message] = []
    }
    let box = Box()
    _ = try Recorded("\(name).pcapng") { step, device in
      guard step.isRequestStep, let payload = device.current.told.payload else { return }
      let isAnswer = step.kind == .requestAnswered
      let head = isAnswer ? payload.answer : payload.request
      let message = Message(
        queue: step.queue, id: step.value, length: isAnswer ? 0 : head.length, bytes: head.known(),
        last: isAnswer ? head.last : nil)
      if isAnswer { box.answered.append(message) } else { box.made.append(message) }
    }
    return (box.made, box.answered)
  }

  @Test(arguments: RingHistoryOracleTests.names)
  func agreesWithEveryBuffer(_ name: Substring) throws {
    let (told, seen) = (try Self.told(name), try Self.seen(name))
    #expect(!told.made.isEmpty && !told.answered.isEmpty)
    #expect(seen.made == told.made)
    #expect(seen.answered == told.answered)
  }
}
