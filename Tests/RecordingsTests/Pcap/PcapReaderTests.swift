import Foundation
import Model
import Testing
import TraceKit

@testable import Recordings

@Suite struct PcapReaderTests {
  /// What editcap makes of a recording says the same, with the digits that the format holds.
  @Test(arguments: ["nsecpcap", "pcap", "modpcap"]) func converted(format: String) throws {
    let scratch = try Scratch()
    let output = scratch.path("out.pcap")
    let input = Fixtures.path("ccw/linux-blk-rev2-rings.pcapng")
    try run("editcap", ["-F", format, input, output])
    var original = Collector()
    _ = try Recording.read(path: input, into: &original)
    var collector = Collector()
    let summary = try Recording.read(path: output, into: &collector)
    #expect(summary.format == "pcap" && summary.problems.isEmpty && summary.skipped.isEmpty)
    #expect(
      collector.items.map(PcapngWriterTests.comparable)
        == original.items.map {
          var item = PcapngWriterTests.comparable($0)
          if format != "nsecpcap" { item.time -= item.time % 1000 }
          return item
        })
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: output)))
    let header = format == "modpcap" ? 24 : 16
    for item in collector.items {
      let place = Int(item.location) + header
      #expect(Array(bytes[place..<place + 2]) == Array("VT".utf8))
    }
  }

  static func file(bigEndian: Bool, magic: UInt32, linkType: UInt32 = 147) -> [UInt8] {
    let builder = PcapngBuilder(bigEndian: bigEndian)
    let packet = PcapngBuilder.access(address: 0xabc)
    var bytes = builder.number(magic) + builder.number(UInt16(2)) + builder.number(UInt16(4))
    bytes += builder.number(UInt64(0)) + builder.number(UInt32(65535)) + builder.number(linkType)
    for index in UInt32(0)..<3 {
      bytes += builder.number(1000 + index) + builder.number(UInt32(999))
      bytes += builder.number(UInt32(packet.count)) + builder.number(UInt32(packet.count))
      bytes += packet
    }
    return bytes
  }

  @Test(arguments: [false, true], [(0xa1b2_c3d4, 1000), (0xa1b2_3c4d, 1)] as [(UInt32, Int64)])
  func magics(bigEndian: Bool, form: (magic: UInt32, unit: Int64)) throws {
    let bytes = Self.file(bigEndian: bigEndian, magic: form.magic)
    let (collector, summary) = try PcapngReaderTests.read(bytes)
    #expect(
      collector.items.map(\.time)
        == [1000, 1001, 1002].map { $0 * 1_000_000_000 + 999 * form.unit })
    #expect(summary.records == 3 && summary.problems.isEmpty)
    let scratch = try Scratch()
    let told = try TsharkPacket.read(scratch.file("a.pcap", bytes))
    #expect(collector.items.map(\.asPacket) == told)
  }

  @Test func otherLinkTypes() throws {
    let (collector, summary) = try PcapngReaderTests.read(
      Self.file(bigEndian: false, magic: 0xa1b2_c3d4, linkType: 1))
    #expect(collector.items.isEmpty && summary.records == 3)
    #expect(
      summary.skipped == [.init(reason: "link type ETHERNET (1)", count: 3, first: 1)])
  }

  @Test func damage() throws {
    let bytes = Self.file(bigEndian: false, magic: 0xa1b2_3c4d)
    let whole = try PcapngReaderTests.read(bytes).0.items
    forEachCut(of: bytes, count: bytes.count + 1) { cut in
      let found = try? PcapngReaderTests.read(cut)
      #expect(found != nil || cut.count < 4)
      let complete = whole.prefix { Int($0.location) + 16 + 28 <= cut.count }
      #expect(found?.0.items ?? [] == Array(complete))
      let isWhole = cut.count >= 24 && (cut.count - 24) % 44 == 0
      #expect(found.map { $0.1.truncated == !isWhole } ?? true)
    }
    forEachMutation(of: bytes, seed: 7) { damaged, place in
      let found = try? PcapngReaderTests.read(damaged).0.items
      let before = whole.prefix { Int($0.location) + 16 + 28 <= place }
      #expect(found.map { $0.prefix(before.count).elementsEqual(before) } ?? (place < 24))
    }
  }
}

/// libpcap reads pcapng, too, and is a second oracle for the reader of it.
@Suite struct LibpcapOracleTests {
  @Test(arguments: PcapngFixtureTests.all) func agrees(name: String) throws {
    let path = Fixtures.path(name)
    var file = try PcapFile(try MappedFile(path: path), path: path)
    #expect(file.linkType == .user0)
    var told: [[Int64]] = []
    while case .packet(let packet) = file.next() {
      told.append([packet.time, Int64(packet.captured)])
    }
    var collector = Collector()
    _ = try Recording.read(path: path, into: &collector)
    #expect(
      told == collector.items.map { [$0.time, Int64($0.asPacket.bytes.utf8.count / 2)] })
  }
}
