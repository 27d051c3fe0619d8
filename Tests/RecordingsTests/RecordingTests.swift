import Foundation
import Model
import Testing
import Wire

@testable import Recordings

@Suite struct RecordingTests {
  /// Told by content: the name, and compression, make no difference.
  @Test(arguments: [
    ("ccw/linux-rng-rev2.pcapng", "pcapng"),
    ("x86/kvm-linuxreplay-mmio-legacy.trace.dat", "trace.dat"),
    ("x86/kvm-ftrace-seabios-blk-legacy.ftrace.txt", "ftrace-text"),
    ("x86/kvm-linuxreplay-mmio-legacy.report.txt", "ftrace-text"),
    ("x86/qtest/good.qemu.log", "qemu-log"),
  ])
  func toldByContent(name: String, format: String) throws {
    let scratch = try Scratch()
    var plain = Collector()
    let summary = try Recording.read(path: Fixtures.path(name), into: &plain)
    #expect(summary.format == format && !plain.items.isEmpty)
    let bytes = [UInt8](
      try Data(contentsOf: Fixtures.directory.appendingPathComponent(name)))
    for tool in ["gzip", "zstd"] {
      let packed = try scratch.file("\(tool).log", run(tool, ["-c", Fixtures.path(name)]))
      var collector = Collector()
      let told = try Recording.read(path: packed, into: &collector)
      #expect(told.format == format && collector.items == plain.items)
      #expect(told.bytes < UInt64(bytes.count) && told.problems == summary.problems)
    }
    var streamed = Collector()
    var source = try ByteSource(bytes: bytes, piece: 1000)
    #expect(try Recording.read(&source, into: &streamed).format == format)
    #expect(streamed.items == plain.items)
  }

  @Test func progressReachesTheSize() throws {
    let path = Fixtures.path("ccw/bios-blk-no-boot.pcapng")
    var collector = Collector()
    var last: UInt64 = 0
    let summary = try Recording.read(path: path, into: &collector) { last = $0 }
    #expect(last == summary.bytes)
  }

  /// A file that is truncated while it is mapped ends the process with a word, not a core dump.
  @Test func truncatedWhileMapped() async throws {
    await #expect(processExitsWith: .exitCode(2)) {
      let path = FileManager.default.temporaryDirectory
        .appendingPathComponent("vtrace-tests-\(UUID().uuidString)").path
      defer { unlink(path) }
      try Data(repeating: 1, count: 1 << 20).write(to: URL(fileURLWithPath: path))
      let mapped = try MappedFile(path: path)
      truncate(path, 0)
      unlink(path)
      var sum = 0
      for index in 0..<mapped.byteCount { sum += Int(mapped.bytes.byte(at: index)) }
      print(sum)
    }
  }
}
