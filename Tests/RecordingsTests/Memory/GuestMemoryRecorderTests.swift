import Model
import Testing

@testable import Recordings

@Suite struct GuestMemoryRecorderTests {
  /// A record of guest memory, with flags as in the encapsulation.
  static func record(
    _ address: UInt64, width: UInt32, code: UInt32, flags: UInt16 = 0, _ bytes: [UInt8]
  ) -> [UInt8] {
    [0x56, 0x54, 1, 7] + MemoryBuilder.number(flags) + MemoryBuilder.number(UInt16.max)
      + MemoryBuilder.number(address) + MemoryBuilder.number(width) + MemoryBuilder.number(code)
      + bytes
  }

  static let packets: [[UInt8]] = [
    record(0x1000, width: 8, code: 0, [1, 2, 3, 4, 5, 6, 7, 8]),
    record(0x1002, width: 1, code: 1, flags: 1, [0xaa]),
    // Only the first of four bytes was captured: the others are overwritten with who knows what.
    record(0x1003, width: 4, code: 2, flags: 8, [0xbb]),
    // A snapshot that was not captured changes nothing.
    record(0x1000, width: 8, code: 0, flags: 2, []),
    record(0x1005, width: 2, code: 1, flags: 1, [0xcc, 0xdd]),
    record(0x1000, width: 0xffff_ffff, code: 2, flags: 2, []),
  ]

  static func replay(upTo end: RecordingPosition?) throws -> [UInt8?] {
    let scratch = try Scratch()
    var file = PcapngBuilder()
    file.section()
    file.interface()
    for (index, packet) in packets.enumerated() {
      file.enhanced(packet, time: UInt64(index + 1))
    }
    let path = try scratch.file("memory.pcapng", file.bytes)
    var recorder = GuestMemoryRecorder(into: OverlayMemory(on: CombinedMemory()), upTo: end)
    _ = try Recording.read(path: path, into: &recorder)
    let memory = recorder.finish()
    return (0x1000..<0x1008).map { memory.read(UInt8.self, at: $0, bigEndian: false) }
  }

  @Test(
    arguments: [
      (1, [1, 2, 3, 4, 5, 6, 7, 8]), (2, [1, 2, 0xaa, 4, 5, 6, 7, 8]),
      (3, [1, 2, 0xaa, 0xbb, nil, nil, nil, 8]), (4, [1, 2, 0xaa, 0xbb, nil, nil, nil, 8]),
      (5, [1, 2, 0xaa, 0xbb, nil, 0xcc, 0xdd, 8]),
      (6, [UInt8?](repeating: nil, count: 8)),
    ] as [(UInt64, [UInt8?])])
  func replayedInOrder(end: UInt64, bytes: [UInt8?]) throws {
    #expect(try Self.replay(upTo: .record(end)) == bytes)
    // Times of the file are in microseconds.
    #expect(try Self.replay(upTo: .time(Int64(end) * 1000)) == bytes)
    if end == 6 { #expect(try Self.replay(upTo: nil) == bytes) }
  }

  @Test(
    arguments: [
      ("1200", .record(1200)), ("12.000345", .time(12_000_345_000)), ("3s", .time(3_000_000_000)),
      ("0.5s", .time(500_000_000)), ("0", nil), ("", nil), ("s", nil), (".5", nil), ("1.", nil),
      ("1.0000000001", nil), ("-1", nil), ("+1.5", nil), ("1.x", nil), ("1.+5", nil),
      ("99999999999999999999", nil),
    ] as [(String, RecordingPosition?)])
  func positions(text: String, position: RecordingPosition?) {
    #expect(RecordingPosition(text) == position)
  }
}
