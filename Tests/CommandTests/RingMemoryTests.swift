import Foundation
import Testing

/// `vtrace rings` over ranges of memory with a hole between: what ends with memory is right, what goes
/// on behind it is not, and what crosses a page is told.
@Suite struct RingMemoryTests {
  /// Two ranges of memory: files at their addresses.
  struct Memory {
    var ranges: [(start: UInt64, bytes: [UInt8])]

    init(_ starts: UInt64..., count: Int) {
      ranges = starts.map { ($0, [UInt8](repeating: 0, count: count)) }
    }

    mutating func set<T: FixedWidthInteger>(_ address: UInt64, _ value: T) {
      for index in 0..<UInt64(MemoryLayout<T>.size) {
        for place in ranges.indices
        where address + index >= ranges[place].start
          && address + index - ranges[place].start < UInt64(ranges[place].bytes.count)
        {
          ranges[place].bytes[Int(address + index - ranges[place].start)] =
            UInt8(truncatingIfNeeded: value >> T(8 * index))
        }
      }
    }

    /// A split queue of four entries at `start`, whose chains are these buffers, one each.
    mutating func queue(at start: UInt64, _ buffers: [(address: UInt64, length: UInt32)]) {
      for (index, buffer) in buffers.enumerated() {
        set(start + 16 * UInt64(index), buffer.address)
        set(start + 16 * UInt64(index) + 8, buffer.length)
        set(start + 0x104 + 2 * UInt64(index), UInt16(index))
      }
      set(start + 0x102, UInt16(buffers.count))
    }

    /// Runs the command over all ranges.
    func rings(_ arguments: String...) throws -> Command {
      let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      var options: [String] = []
      for (number, range) in ranges.enumerated() {
        let file = folder.appending(path: "\(number)")
        try Data(range.bytes).write(to: file)
        options += ["--memory", "file:\(file.path)@\(range.start)+\(range.bytes.count)"]
      }
      return try Command.run(Command.vtrace, ["rings"] + options + arguments)
    }
  }

  private static let low: UInt64 = 0xbfff_e000
  private static let high: UInt64 = 0x1_0000_0000
  private static let queue = "desc=0xbfffe000,driver=0xbfffe100,device=0xbfffe200,size=4"

  /// Buffers that end with memory, below the hole and above it, and two that do not: one has its first
  /// and its last byte in memory, one leaves it by a byte.
  private static func buffersAtTheHole() -> Memory {
    var memory = Memory(low, high, count: 0x2000)
    memory.queue(
      at: low,
      [
        (0xbfff_fff0, 16), (0xbfff_f000, 0x4000_2000), (0xbfff_ffff, 2), (high + 0x1000, 0x1000),
      ])
    return memory
  }

  @Test func theLastByteOfMemoryIsMemory() throws {
    let report = try Self.buffersAtTheHole().rings("--queue", Self.queue)
    #expect(report.status == 0, "\(report.errors)")
    let faults = report.output.split(separator: "\n").filter { $0.contains("fault") }
    #expect(
      faults.map { $0.trimmingCharacters(in: .whitespaces) } == [
        "fault: descriptor 1: buffer at 0xbffff000 lies partly outside memory",
        "fault: descriptor 2: buffer at 0xbfffffff lies partly outside memory",
      ], "\(report.output)")
  }

  @Test func faultsStandInJSON() throws {
    let report = try Self.buffersAtTheHole().rings("--queue", Self.queue, "--format", "json")
    let chains = try Self.chains(report)
    let kinds = chains.map { chain in
      (chain["faults"] as? [[String: Any]] ?? []).map {
        "\($0["kind"] ?? "") \($0["where"] ?? "")"
      }
    }
    #expect(
      kinds == [
        [], ["bufferOutsideMemory descriptor 1"], ["bufferOutsideMemory descriptor 2"], [],
      ])
  }

  /// A dump may leave out pages, and then what lies behind a range says nothing.
  @Test func aDumpOfSomePagesAccusesNobody() throws {
    let report = try Self.buffersAtTheHole().rings(
      "--queue", Self.queue, "--memory", "sparse:fixtures/x86/core-split-small.ram.zst")
    #expect(report.status == 0, "\(report.errors)")
    #expect(report.output.contains("slot 3, head 3") && !report.output.contains("fault"))
  }

  /// Each area in turn begins in memory and ends in it, with the hole in its middle.
  @Test(arguments: [
    ("descriptor", 0x10a00, 0x12a00, 0x12c04), ("driver", 0x10000, 0x10c00, 0x12c04),
    ("device", 0x10000, 0x12a00, 0x10ffc),
  ])
  func aRingAcrossTheHole(area: String, descriptors: Int, driver: Int, device: Int) throws {
    // A hole of 0x100 bytes; a queue of 128 entries takes 2048, 262 and 1030 bytes.
    var memory = Memory(0x10000, count: 0x1000)
    memory.ranges.append((0x11100, [UInt8](repeating: 0, count: 0x2000)))
    let report = try memory.rings(
      "--queue",
      "desc=\(descriptors),driver=\(area == "driver" ? 0x10ffc : driver),device=\(device),size=128")
    #expect(report.status == 0, "\(report.errors)")
    let faults = report.output.split(separator: "\n").filter { $0.contains("fault") }
    #expect(
      faults.map { $0.trimmingCharacters(in: .whitespaces) } == [
        "fault: \(area) area: no memory at 0x11000"
      ], "\(report.output)")
  }

  /// A ring that ends with the last byte of memory is as good as any.
  @Test func aRingAtTheEndOfMemory() throws {
    let memory = Memory(0x10000, count: 0x1000)
    let report = try memory.rings(
      "--queue", "desc=0x10000,driver=0x10800,device=\(0x11000 - 6 - 8 * 127),size=127")
    #expect(!report.output.contains("no memory"), "\(report.output)")
  }

  /// Failure R89: what a driver has that is contiguous for itself alone.
  @Test func aBufferAcrossPagesIsTold() throws {
    var memory = Memory(0x10000, count: 0x4000)
    memory.queue(
      at: 0x10000, [(0x10ff8, 16), (0x11000, 0x2000), (0x11ff0, 16), (0x11800, 0x1800)])
    let queue = "desc=0x10000,driver=0x10100,device=0x10200,size=4"
    let text = try memory.rings("--queue", queue).output
    #expect(text.contains("device reads  16 at 0x10ff8, crosses 0x11000\n"), "\(text)")
    #expect(text.contains("device reads  8192 at 0x11000\n"), "\(text)")
    #expect(text.contains("device reads  16 at 0x11ff0\n"), "\(text)")
    #expect(text.contains("device reads  6144 at 0x11800, crosses 0x12000\n"), "\(text)")
    #expect(!text.contains("fault"), "\(text)")
    let chains = try Self.chains(memory.rings("--queue", queue, "--format", "json"))
    let borders = chains.map { chain in
      (chain["chain"] as? [[String: Any]] ?? []).map { $0["crosses"] as? String }
    }
    #expect(borders == [["0x11000"], [nil], [nil], ["0x12000"]])
  }

  private static func chains(_ report: Command) throws -> [[String: Any]] {
    let object =
      try JSONSerialization.jsonObject(with: Data(report.output.utf8)) as? [String: Any]
    let device = (object?["devices"] as? [[String: Any]])?.first
    let queue = (device?["queues"] as? [[String: Any]])?.first
    return queue?["pending"] as? [[String: Any]] ?? []
  }
}
