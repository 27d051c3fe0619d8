import Model
import Testing

@testable import Recordings

@Suite struct MemorySourceTests {
  @Test(
    arguments: [
      ("sparse:a.ram.zst", .sparse(path: "a.ram.zst")),
      ("elf:/x/vm:1.core", .elf(path: "/x/vm:1.core")),
      ("qmp:/run/q:1@2", .qmp(socket: "/run/q:1@2")),
      ("file:ram", .file(path: "ram", offset: 0, address: 0, length: nil)),
      (
        "file:ram@0+0xc0000000",
        .file(path: "ram", offset: 0, address: 0, length: 0xc000_0000)
      ),
      (
        "file:ram:0xc0000000@0x100000000",
        .file(path: "ram", offset: 0xc000_0000, address: 0x1_0000_0000, length: nil)
      ),
      ("file:a@b:c", .file(path: "a@b:c", offset: 0, address: 0, length: nil)),
      ("file:a:7:0@0", .file(path: "a:7", offset: 0, address: 0, length: nil)),
      ("file:a@1+", .file(path: "a@1+", offset: 0, address: 0, length: nil)),
    ] as [(String, MemorySource)])
  func forms(text: String, source: MemorySource) throws {
    #expect(try MemorySource.parse(text) == source)
  }

  @Test(arguments: [
    "", "ram", "file:", "file:@1", "file:ram@0+0", "elf:", "qmp:", "tape:x",
  ])
  func refused(text: String) {
    #expect(throws: MemorySource.Problem.self) { try MemorySource.parse(text) }
  }

  /// The hole below 4 GiB, in small: one file at two places.
  @Test func onePartBelowAHoleAndOneAbove() throws {
    let scratch = try Scratch()
    let path = try scratch.file("ram", Array(0..<32))
    let memory = try CombinedMemory([
      .parse("file:\(path)@0+0x10"), .parse("file:\(path):0x10@0x100000000"),
    ])
    #expect(memory.ranges == [0...0xf, 0x1_0000_0000...0x1_0000_000f])
    #expect(memory.bytes(0xe, 9) == [14, 15] && memory.bytes(0x1_0000_000e, 9) == [30, 31])
  }

  @Test(arguments: ["@0+33", ":32", ":1@0+32", "@0xffffffffffffffff", ":0xffffffffffffffff"])
  func doesNotFit(place: String) throws {
    let scratch = try Scratch()
    let path = try scratch.file("ram", Array(0..<32))
    let source = try MemorySource.parse("file:\(path)\(place)")
    #expect(throws: RecordingError.self) { try CombinedMemory([source]) }
  }

  /// The later source is on top, whatever pieces the earlier has below it.
  @Test func laterOnTop() throws {
    let scratch = try Scratch()
    let low = try scratch.file("low", [UInt8](repeating: 1, count: 16))
    let high = try scratch.file(
      "high", MemoryBuilder.sparse([(4, 2, [2, 2]), (8, 2, nil), (0xe, 4, [3, 3, 3, 3])]))
    let memory = try CombinedMemory([.parse("file:\(low)"), .sparse(path: high)])
    #expect(memory.bytes(0, 99) == [1, 1, 1, 1, 2, 2, 1, 1, 0, 0, 1, 1, 1, 1, 3, 3, 3, 3])
    let other = try CombinedMemory([.sparse(path: high), .parse("file:\(low)")])
    #expect(other.bytes(0, 99) == [UInt8](repeating: 1, count: 16) + [3, 3])
  }
}
