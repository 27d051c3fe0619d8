import Model
import Testing

@testable import Recordings

@Suite struct SparseMemoryTests {
  static let pages = MemoryBuilder.sparse([
    (0x3000, 4, [1, 2, 3, 4]), (0x1000, 8, nil), (0x3004, 2, [5, 6]),
    (0xffff_ffff_ffff_fffe, 2, [7, 8]),
  ])

  @Test func pagesInAnyOrder() throws {
    let scratch = try Scratch()
    let path = try scratch.file("a.ram", Self.pages)
    let packed = try scratch.file("a.ram.zst", run("zstd", ["-c", path]))
    for path in [path, packed] {
      let memory = try CombinedMemory([.sparse(path: path)])
      #expect(memory.bytes(0x3000, 100) == [1, 2, 3, 4, 5, 6])
      #expect(memory.bytes(0x1002, 100) == [0, 0, 0, 0, 0, 0])
      #expect(memory.bytes(.max, 1) == [8])
      // A piece ends where its record does, and nothing is made up behind it.
      let lent = memory.span(at: 0x3002, count: 100)?.byteCount
      let none = memory.span(at: 0x3000, count: 0)?.byteCount
      #expect(lent == 2 && none == nil)
      #expect(memory.bytes(0x3006, 1).isEmpty && memory.bytes(0xfff, 1).isEmpty)
      #expect(memory.read(UInt32.self, at: 0x3002, bigEndian: true) == 0x0304_0506)
      #expect(memory.read(UInt16.self, at: .max, bigEndian: false) == nil)
    }
  }

  /// Every prefix is a whole file of fewer records, or an error that says where it ends.
  @Test func everyTruncation() throws {
    let scratch = try Scratch()
    let whole: Set<Int> = [6, 22, 34, 48, 62]
    #expect(whole.contains(Self.pages.count))
    for count in 0..<Self.pages.count {
      let path = try scratch.file("cut.ram", Array(Self.pages.prefix(count)))
      if whole.contains(count) {
        #expect(throws: Never.self) { try CombinedMemory([.sparse(path: path)]) }
      } else {
        #expect(throws: RecordingError.self, "cut at \(count)") {
          try CombinedMemory([.sparse(path: path)])
        }
      }
    }
  }

  @Test(
    arguments: [
      ([(0x1000, 4, [1, 2, 3, 4]), (0x1003, 2, nil)], "at offset 22"),
      ([(0x1000, 4, [1, 2, 3, 4]), (0x1000, 4, [1, 2, 3, 4])], "at offset 22"),
      ([(0xffff_ffff_ffff_fffe, 3, nil)], "at offset 14"),
      ([(0x1000, 0, [])], "at offset 14"),
      ([(0x1000, 0xffff_ffff, [1, 2])], "at offset 18"),
    ] as [([(UInt64, UInt32, [UInt8]?)], String)])
  func hostile(records: [(UInt64, UInt32, [UInt8]?)], place: String) throws {
    let scratch = try Scratch()
    let bytes = MemoryBuilder.sparse(records.map { (address: $0.0, length: $0.1, bytes: $0.2) })
    let path = try scratch.file("bad.ram", bytes)
    let error = try #require(throws: RecordingError.self) {
      try CombinedMemory([.sparse(path: path)])
    }
    #expect("\(error)".contains(place), "\(error)")
  }

  /// A compressed file that is cut is not taken for one with fewer pages.
  @Test func cutInCompressedData() throws {
    let scratch = try Scratch()
    let packed = try run("zstd", ["-c", scratch.file("a.ram", Self.pages)])
    let path = try scratch.file("cut.zst", Array(packed.dropLast(3)))
    #expect(throws: RecordingError.self) { try CombinedMemory([.sparse(path: path)]) }
  }
}
