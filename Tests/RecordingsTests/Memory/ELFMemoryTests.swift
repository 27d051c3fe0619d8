import Foundation
import Model
import Testing

@testable import Recordings

@Suite struct ELFMemoryTests {
  static let segments = [
    MemoryBuilder.Segment(address: 0, bytes: [9, 9, 9], type: 4),
    MemoryBuilder.Segment(address: 0x8000_0000, bytes: [4, 5]),
    MemoryBuilder.Segment(address: 0x1000, bytes: [1, 2, 3]),
  ]

  @Test(arguments: [true, false], [true, false])
  func classesAndByteOrders(is64: Bool, bigEndian: Bool) throws {
    let scratch = try Scratch()
    for elsewhere in [false, true] {
      let core = MemoryBuilder.core(
        Self.segments, is64: is64, bigEndian: bigEndian, numberElsewhere: elsewhere)
      let memory = try CombinedMemory([.elf(path: scratch.file("core", core))])
      #expect(memory.ranges == [0x1000...0x1002, 0x8000_0000...0x8000_0001])
      #expect(memory.bytes(0x1000, 9) == [1, 2, 3] && memory.bytes(0x8000_0001, 9) == [5])
    }
  }

  /// A segment that is not whole is an error, wherever the file ends.
  @Test(arguments: [true, false]) func everyTruncation(is64: Bool) throws {
    let scratch = try Scratch()
    let core = MemoryBuilder.core(Self.segments, is64: is64)
    for count in 0..<core.count {
      let path = try scratch.file("cut", Array(core.prefix(count)))
      // What lies last in the file is the segment at 0x1000: only its absence shows.
      #expect(throws: RecordingError.self, "cut at \(count)") {
        try CombinedMemory([.elf(path: path)])
      }
    }
  }

  /// Any single byte of the headers may be anything.
  @Test func hostileHeaders() throws {
    let scratch = try Scratch()
    for is64 in [true, false] {
      let core = MemoryBuilder.core(Self.segments, is64: is64, numberElsewhere: true)
      for place in 0..<core.count - 8 {
        for value: UInt8 in [0, 0x7f, 0xff] {
          var bytes = core
          bytes[place] = value
          // Either is right, as long as it ends.
          let memory = try? CombinedMemory([.elf(path: scratch.file("bad", bytes))])
          if let memory { #expect(memory.ranges.count <= 3) }
        }
      }
    }
  }

  @Test(arguments: [
    ("KDUMP   ", "kdump: "), ("makedumpfile\0\0\0\0", "flattened dump"),
    ("DISKDUMP", "kdump: "), ("\u{7f}ELG0000000000000000", "at offset 0"),
  ])
  func otherDumps(magic: String, word: String) throws {
    let scratch = try Scratch()
    let path = try scratch.file("dump", Array(magic.utf8) + Array(repeating: 0, count: 100))
    let error = try #require(throws: RecordingError.self) {
      try CombinedMemory([.elf(path: path)])
    }
    #expect("\(error)".contains(word), "\(error)")
  }

  @Test func nothingIsNoDump() throws {
    let scratch = try Scratch()
    let path = try scratch.file("dump", [])
    #expect(throws: RecordingError(.empty, path: path)) { try CombinedMemory([.elf(path: path)]) }
  }

  /// Pages that both the snapshot and the core of one machine hold are the same, and binutils
  /// sees the same ranges in the core.
  @Test func agreesWithSnapshotAndReadelf() throws {
    let packed = Fixtures.path("x86/core-split-small.rings.core.zst")
    let core = try CombinedMemory([.elf(path: packed)])
    let snapshot = try CombinedMemory([
      .sparse(path: Fixtures.path("x86/core-split-small.ram.zst"))
    ])
    #expect(!snapshot.ranges.isEmpty)
    for range in snapshot.ranges {
      let count = Int(range.upperBound - range.lowerBound) + 1
      let bytes = snapshot.bytes(range.lowerBound, count)
      #expect(bytes.count == count && core.bytes(range.lowerBound, count) == bytes)
      #expect(bytes.contains { $0 != 0 })
    }
    let scratch = try Scratch()
    try run("zstd", ["-dq", packed, "-o", scratch.path("core")])
    let told = try run("readelf", ["-lW", scratch.path("core")])
    let ranges = String(decoding: told, as: UTF8.self).split(separator: "\n")
      .map { $0.split(separator: " ") }.filter { $0.first == "LOAD" }
      .compactMap { fields -> ClosedRange<UInt64>? in
        guard let start = UInt64(fields[3].dropFirst(2), radix: 16),
          let size = UInt64(fields[4].dropFirst(2), radix: 16)
        else { return nil }
        return start...(start + size - 1)
      }
    #expect(ranges.count == 2 && core.ranges == ranges)
  }
}
