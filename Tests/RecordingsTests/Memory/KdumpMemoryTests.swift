import Foundation
import Model
import Testing

@testable import Recordings

/// Dumps that are compressed by page, and flattened ones.
@Suite struct KdumpMemoryTests {
  /// The ranges of a memory, without what depends on where in a file they lie.
  private func joined(_ memory: CombinedMemory) -> [ClosedRange<UInt64>] {
    memory.ranges.reduce(into: []) { result, range in
      if let last = result.last, last.upperBound + 1 == range.lowerBound {
        result[result.count - 1] = last.lowerBound...range.upperBound
      } else {
        result.append(range)
      }
    }
  }

  private func dumped(_ bytes: [UInt8], in scratch: Scratch) throws -> CombinedMemory {
    try CombinedMemory([.elf(path: scratch.file("dump", bytes))])
  }

  private func error(_ bytes: [UInt8], in scratch: Scratch) -> String {
    do {
      _ = try dumped(bytes, in: scratch)
      return "no error"
    } catch {
      return "\(error)"
    }
  }

  /// QEMU's own core of the same guest holds the same bytes at the same addresses.
  @Test func agreesWithQEMUsCore() throws {
    let guest = try DumpedGuest()
    let core = try CombinedMemory([.elf(path: guest.core)])
    let ranges = joined(core)
    #expect(ranges.contains { $0.upperBound >= 0x1f_0000 })
    let scratch = try Scratch()
    try run("zstd", ["-q", guest.compressed, "-o", scratch.path("packed")])
    for path in [guest.flattened, guest.compressed, scratch.path("packed")] {
      let memory = try CombinedMemory([.elf(path: path)])
      #expect(joined(memory) == ranges)
      for range in ranges {
        let count = Int(range.upperBound - range.lowerBound) + 1
        let bytes = core.bytes(range.lowerBound, count)
        #expect(bytes.count == count && bytes.contains { $0 != 0 })
        #expect(memory.bytes(range.lowerBound, count) == bytes)
      }
    }
  }

  /// A dump that is cut short is an error, wherever it ends.
  @Test func everyTruncation() throws {
    let guest = try DumpedGuest()
    let whole = [UInt8](try Data(contentsOf: URL(filePath: guest.compressed)))
    let ranges = joined(try CombinedMemory([.elf(path: guest.compressed)]))
    let scratch = try Scratch()
    for count in Array(stride(from: 8, to: 30_000, by: 997)) + [whole.count / 2, whole.count - 1] {
      let left = try? joined(dumped(Array(whole.prefix(count)), in: scratch))
      // Behind the last page there is nothing to lose.
      #expect(left == nil || left == ranges && count == whole.count - 1, "cut at \(count)")
    }
  }

  /// Any byte of the headers, the maps, the descriptors and the pages may be anything.
  @Test func anyByte() throws {
    let guest = try DumpedGuest()
    let whole = [UInt8](try Data(contentsOf: URL(filePath: guest.compressed)))
    let size = joined(try CombinedMemory([.elf(path: guest.compressed)])).map { $0.count }
      .reduce(0, +)
    let scratch = try Scratch()
    // The lengths and counts of the headers byte by byte, and what is behind them here and there.
    let places =
      Array(0..<16) + Array(400..<480) + Array(4096..<4200)
      + Array(stride(from: 8192, to: whole.count, by: 4099))
    for (number, place) in places.enumerated() {
      var bytes = whole
      bytes[place] = number % 2 == 0 ? 0xff : ~bytes[place]
      // Either is right, as long as it ends.
      guard let memory = try? dumped(bytes, in: scratch) else { continue }
      #expect(joined(memory).map { $0.count }.reduce(0, +) <= 2 * size, "byte \(place)")
    }
  }

  /// A page whose compressed bytes are damaged is named by its address.
  @Test func aDamagedPageIsNamed() throws {
    let guest = try DumpedGuest()
    var bytes = [UInt8](try Data(contentsOf: URL(filePath: guest.compressed)))
    let half = bytes.count / 2
    bytes.replaceSubrange(half..<half + 64, with: repeatElement(0xff, count: 64))
    let error = error(bytes, in: try Scratch())
    #expect(error.contains("page at address 0x"), "\(error)")
  }

  /// A piece of a flattened dump, or its end.
  private func piece(_ offset: Int64, _ length: Int64, _ bytes: [UInt8] = []) -> [UInt8] {
    MemoryBuilder.number(offset, bigEndian: true) + MemoryBuilder.number(length, bigEndian: true)
      + bytes
  }

  private var header: [UInt8] {
    let start =
      Array("makedumpfile\0\0\0\0".utf8) + MemoryBuilder.number(Int64(1), bigEndian: true)
      + MemoryBuilder.number(Int64(1), bigEndian: true)
    return start + Array(repeating: 0, count: 4096 - start.count)
  }

  /// Pieces in any order, of an ELF core too.
  @Test func aFlattenedCore() throws {
    let core = MemoryBuilder.core(ELFMemoryTests.segments)
    let half = core.count / 2
    let bytes =
      header + piece(Int64(half), Int64(core.count - half), Array(core[half...]))
      + piece(0, Int64(half), Array(core[..<half])) + piece(-1, -1)
    let memory = try dumped(bytes, in: try Scratch())
    #expect(memory.ranges == [0x1000...0x1002, 0x8000_0000...0x8000_0001])
    #expect(memory.bytes(0x1000, 9) == [1, 2, 3] && memory.bytes(0x8000_0001, 9) == [5])
  }

  @Test func damagedFlattenedDumps() throws {
    let scratch = try Scratch()
    let core = MemoryBuilder.core(ELFMemoryTests.segments)
    let first = piece(0, Int64(core.count), core)
    for (bytes, words) in [
      (Array(header.prefix(100)), "at offset 0"),
      (header, "at offset 4096"),
      (header + first, "at offset \(4096 + 16 + core.count)"),
      (header + first.dropLast(), "at offset 4112"),
      (header + piece(-2, 4, [1, 2, 3, 4]), "at offset 4096"),
      (header + first + piece(8, -1), "at offset \(4096 + 16 + core.count + 8)"),
      (header + first + piece(8, .max), "at offset \(4096 + 16 + core.count + 16)"),
      (header + piece(1 << 60, 1, [1]) + piece(-1, -1), "more than 64 GiB"),
      (header + piece(.max, 1, [1]) + piece(-1, -1), "more than 64 GiB"),
      (header + piece(-1, -1), "at offset 0"),
      (header + piece(0, 4096, header) + piece(-1, -1), "flattened"),
    ] {
      let error = error(bytes, in: scratch)
      #expect(error.contains(words), "\(error)")
    }
  }
}
