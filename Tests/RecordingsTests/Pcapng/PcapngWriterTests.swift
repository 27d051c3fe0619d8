import Foundation
import Model
import Testing

@testable import Recordings

@Suite struct PcapngWriterTests {
  /// An item as it must come back: places and numbers are those of the new file.
  static func comparable(_ item: Collector.Item) -> Collector.Item {
    var item = item
    item.record = 0
    item.location = 0
    // An interrupt's data may stand in its value alone; a packet always has it as bytes. That no
    // CPU of the guest made it goes without saying.
    if item.kind == .interrupt {
      item.payload = []
      item.flags &= 0x1f
    }
    // A hint is its text; the first bytes of it are no number.
    if item.kind == .deviceHint { item.value = 0 }
    return item
  }

  static func convert(_ input: String, to output: String) throws -> [Collector.Item] {
    var writer = try PcapngWriter(path: output, comment: "converted")
    _ = try Recording.read(path: input, into: &writer)
    try writer.finish()
    var collector = Collector()
    let summary = try Recording.read(path: output, into: &collector)
    #expect(summary.problems.isEmpty && summary.skipped.isEmpty)
    #expect(summary.remarks.contains("written by vtrace"))
    return collector.items
  }

  @Test(arguments: PcapngFixtureTests.all)
  func packetsStayTheSame(name: String) throws {
    let scratch = try Scratch()
    let output = scratch.path("out.pcapng")
    let items = try Self.convert(Fixtures.path(name), to: output)
    var original = Collector()
    _ = try Recording.read(path: Fixtures.path(name), into: &original)
    #expect(items.map(Self.comparable) == original.items.map(Self.comparable))
    // Byte for byte, as somebody else reads both.
    #expect(try TsharkPacket.read(output) == TsharkPacket.read(Fixtures.path(name)))
  }

  @Test(arguments: [
    "x86/qtest/good.qemu.log", "x86/qtest/clears-status-bit.qemu.log",
    "mmio-other/arm64-uboot-legacy-blk.log", "x86/qtest/legacy-good.qemu.log",
    "ccw/linux-rng-rev2.log",
  ])
  func logsComeBack(name: String) throws {
    let scratch = try Scratch()
    let output = scratch.path("out.pcapng")
    let items = try Self.convert(Fixtures.path(name), to: output)
    var original = Collector()
    _ = try Recording.read(path: Fixtures.path(name), into: &original)
    #expect(!items.isEmpty)
    #expect(items.map(Self.comparable) == original.items.map(Self.comparable))
  }

  /// Wireshark's tools read what is written.
  @Test func otherToolsReadIt() throws {
    let scratch = try Scratch()
    let output = scratch.path("out.pcapng")
    let items = try Self.convert(
      Fixtures.path("mmio-other/arm64-uboot-legacy-blk.log"), to: output)
    let told = try TsharkPacket.read(output)
    #expect(told.count >= items.count)
    let info = String(
      decoding: try run("capinfos", ["-T", "-m", "-r", "-E", "-c", output]), as: UTF8.self)
    #expect(info.contains(",user0,\(told.count)"))
    try run("editcap", [output, scratch.path("edited.pcapng")])
    try run("mergecap", ["-a", "-w", scratch.path("merged.pcapng"), output, output])
    var edited = Collector()
    _ = try Recording.read(path: scratch.path("edited.pcapng"), into: &edited)
    #expect(edited.items.map(Self.comparable) == items.map(Self.comparable))
    var merged = Collector()
    let summary = try Recording.read(path: scratch.path("merged.pcapng"), into: &merged)
    #expect(summary.problems.isEmpty && summary.skipped.isEmpty)
    #expect(merged.items.count == 2 * items.count)
  }

  @Test func failuresAreTold() throws {
    let scratch = try Scratch()
    let missing = scratch.path("no/such/place")
    #expect {
      _ = try PcapngWriter(path: missing)
    } throws: {
      "\($0)" == "\(missing): cannot create it: No such file or directory"
    }
    var full = try PcapngWriter(path: "/dev/full")
    _ = try Recording.read(path: Fixtures.path("ccw/linux-rng-rev2.pcapng"), into: &full)
    var told = ""
    do { try full.finish() } catch { told = "\(error)" }
    #expect(told == "/dev/full: cannot write it: No space left on device")
  }
}
