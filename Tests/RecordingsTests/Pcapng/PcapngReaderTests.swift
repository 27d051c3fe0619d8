import Foundation
import Model
import Testing

@testable import Recordings

@Suite struct PcapngReaderTests {
  static func read(_ bytes: [UInt8]) throws -> (Collector, InputSummary) {
    var collector = Collector()
    var source = try ByteSource(bytes: bytes)
    let summary = try Recording.read(&source, into: &collector)
    return (collector, summary)
  }

  /// Resolutions in both forms and offsets, in both byte orders: the time that tshark tells.
  @Test(
    arguments: [false, true],
    [
      (nil, 0, 1_700_000_000_123_456), (3, 0, 1_700_000_000_123), (0, 0, 1_700_000_000),
      (6, 3600, 1_700_000_000_123_456), (9, 0, 1_700_000_000_123_456_789),
      (9, -7200, 1_700_000_000_123_456_789), (0x80 | 10, 0, 1_700_000_000 << 10 | 513),
      (0x80 | 30, 100, 1_700_000_000 << 30 | 1), (7, 0, 17_000_000_001_234_567),
    ] as [(UInt8?, Int64, UInt64)])
  func times(bigEndian: Bool, form: (resolution: UInt8?, offset: Int64, stamp: UInt64)) throws {
    var builder = PcapngBuilder(bigEndian: bigEndian)
    builder.section()
    var options: [PcapngBuilder.Option] = []
    if let resolution = form.resolution { options.append((9, [resolution])) }
    if form.offset != 0 { options.append((14, builder.number(form.offset))) }
    builder.interface(147, options)
    builder.enhanced(PcapngBuilder.access(), time: form.stamp)
    builder.enhanced(PcapngBuilder.access(data: [9, 9, 9, 9]), time: form.stamp + 1)
    let (collector, summary) = try Self.read(builder.bytes)
    let scratch = try Scratch()
    let told = try TsharkPacket.read(scratch.file("times.pcapng", builder.bytes))
    #expect(collector.items.map(\.asPacket) == told)
    #expect(summary.records == 2 && summary.problems.isEmpty)
  }

  /// Finer than nanoseconds: the digits that fit.
  @Test func finerThanNanoseconds() throws {
    var builder = PcapngBuilder()
    builder.section()
    builder.interface(147, [(9, [12])])
    builder.interface(147, [(9, [100])])
    builder.interface(147, [(9, [0xff])])
    builder.enhanced(PcapngBuilder.access(), time: 1_000_000_001_999)
    builder.enhanced(PcapngBuilder.access(), interface: 1, time: .max)
    builder.enhanced(PcapngBuilder.access(), interface: 2, time: .max)
    let (collector, _) = try Self.read(builder.bytes)
    #expect(collector.items.map(\.time) == [1_000_000_001, 0, 0])
  }

  /// Sections of both byte orders in one file, each with interfaces of its own.
  @Test func sections() throws {
    var little = PcapngBuilder()
    little.section([(1, Array("first".utf8)), (4, Array("maker".utf8))])
    little.interface(147, [(2, Array("vm0".utf8)), (9, [9])])
    little.enhanced(PcapngBuilder.access(address: 1), time: 5)
    var big = PcapngBuilder(bigEndian: true)
    big.section()
    big.interface(147, [(2, Array("vm1".utf8)), (9, [6])])
    big.enhanced(PcapngBuilder.access(address: 2), time: 6)
    let file = little.bytes + big.bytes + little.bytes
    let (collector, summary) = try Self.read(file)
    #expect(collector.items.map(\.address) == [1, 2, 1])
    #expect(collector.items.map(\.time) == [5, 6000, 5])
    #expect(collector.items.map(\.record) == [1, 2, 3])
    #expect(summary.problems.isEmpty)
    #expect(
      summary.remarks == [
        "comment: first", "written by maker", "interface 0: vm0", "interface 0: vm1",
      ])
    let scratch = try Scratch()
    let told = try TsharkPacket.read(scratch.file("sections.pcapng", file))
    #expect(collector.items.map(\.asPacket) == told)
  }

  @Test(arguments: [false, true]) func everyBlock(bigEndian: Bool) throws {
    var builder = PcapngBuilder(bigEndian: bigEndian)
    builder.section()
    builder.interface(147, snap: 30)
    builder.interface(1)
    builder.interface(150, [(3, Array("vtrace-access/1".utf8)), (9, [9])])
    builder.interface(150)
    builder.block(4, builder.number(UInt32(0)))
    builder.enhanced(PcapngBuilder.access(), time: 1, [(1, Array("look here".utf8))])
    builder.block(0xbad, builder.number(UInt32(32473)) + [1, 2, 3, 4])
    builder.block(0x4000_0bad, builder.number(UInt32(32473)) + [1, 2, 3, 4])
    builder.enhanced([1, 2, 3], interface: 1, time: 2)
    builder.obsolete(
      PcapngBuilder.access(address: 0x22), interface: 2, drops: 3, time: 3)
    builder.simple(PcapngBuilder.access(data: [1, 2, 3, 4, 5, 6]).dropLast(0), original: 30)
    builder.enhanced([1, 2, 3], interface: 3, time: 2)
    builder.block(10, builder.number(UInt32(0x544c_534b)) + builder.number(UInt32(0)))
    builder.block(9, Array("__REALTIME_TIMESTAMP=1\n\n".utf8))
    builder.block(0x7777, [])
    builder.block(
      5,
      builder.number(UInt32(0)) + builder.number(UInt64(0))
        + builder.options([(5, builder.number(UInt64(7)))]))
    let (collector, summary) = try Self.read(builder.bytes)
    #expect(summary.problems.isEmpty)
    #expect(collector.items.map(\.record) == [1, 3, 4])
    #expect(collector.items.map(\.time) == [1000, 3, 3])
    #expect(collector.items[1].address == 0x22)
    #expect(collector.items[2].payload.isEmpty && collector.items[2].width == 4)
    #expect(summary.records == 5 && summary.lost == 10)
    #expect(summary.remarks == ["comment on packet 1: look here"])
    #expect(
      summary.skipped.map { "\($0.reason) \($0.count) \($0.first)" } == [
        "custom block of enterprise 32473 1 2",
        "custom (not to be copied) block of enterprise 32473 1 2",
        "systemd journal export block 1 6", "block of unknown type 0x7777 1 6",
        "link type ETHERNET (1) 1 2", "link type USER3 (150) 1 5",
      ])
  }

  /// Packets that are no accesses: each is counted, told with its place, and passed over.
  @Test func malformedPackets() throws {
    var builder = PcapngBuilder()
    builder.section()
    builder.interface()
    let start = builder.bytes.count
    builder.enhanced([0x56, 0x54, 1], time: 0)
    builder.enhanced(Array(repeating: 0x20, count: 24), time: 0)
    builder.enhanced([0x56, 0x54, 9] + Array(repeating: 0, count: 24), time: 0)
    builder.enhanced(PcapngBuilder.access(), interface: 4, time: 0)
    builder.enhanced(PcapngBuilder.access(kind: 99), time: 0)
    builder.enhanced(PcapngBuilder.access(kind: 130), time: 0)
    builder.enhanced(PcapngBuilder.access(kind: 0), time: 0)
    builder.enhanced(PcapngBuilder.access(address: 7), time: 0)
    let (collector, summary) = try Self.read(builder.bytes)
    #expect(collector.items.map(\.address) == [7])
    #expect(summary.records == 8)
    #expect(
      summary.skipped.map { "\($0.reason) \($0.count) \($0.first)" } == [
        "malformed packet 4 1", "access of unknown kind 0 1 7", "access of unknown kind 99 1 5",
        "access of unknown kind 130 1 6",
      ])
    #expect(summary.problems.first?.place == UInt64(start))
    #expect(
      summary.problems.map(\.text) == [
        "packet 1: expected an access header of 24 bytes, found 3 bytes",
        "packet 2: expected an access header beginning with \"VT\", found 0x2020",
        "packet 3: expected version 1 of the encapsulation, found 9",
        "packet 4: expected an interface that its section describes, found number 4",
      ])
  }

  /// Data that is not all there.
  @Test func incompleteData() throws {
    var builder = PcapngBuilder()
    builder.section()
    builder.interface()
    builder.enhanced(PcapngBuilder.access(data: []), time: 0)
    builder.enhanced(PcapngBuilder.access(data: [1, 2]), time: 0)
    builder.enhanced(PcapngBuilder.access(flags: 3, data: []), time: 0)
    builder.enhanced(PcapngBuilder.access(kind: 4, data: [1, 2]), time: 0)
    builder.enhanced(PcapngBuilder.access(kind: 4, width: 64), time: 0, original: 88)
    builder.enhanced(PcapngBuilder.access(width: 12, data: Array(1...12)), time: 0)
    let (collector, _) = try Self.read(builder.bytes)
    #expect(collector.items.map(\.flags) == [3, 9, 3, 1, 9, 1])
    #expect(
      collector.items.map(\.value) == [
        0, 0x201, 0, 0x201, 0x0403_0201, 0x0807_0605_0403_0201,
      ])
    #expect(collector.items[5].payload == Array(1...12) && collector.items[0].payload == [])
  }

  @Test func lostEvents() throws {
    var builder = PcapngBuilder()
    builder.section()
    builder.interface()
    builder.enhanced(PcapngBuilder.access(kind: 9, width: 0, code: 12, data: []), time: 0)
    let counted = try Self.read(builder.bytes).1
    #expect(counted.lost == 12 && !counted.lostUnknown)
    builder.enhanced(PcapngBuilder.access(kind: 9, width: 0, code: 0, data: []), time: 0)
    let (collector, summary) = try Self.read(builder.bytes)
    #expect(summary.lost == 12 && summary.lostUnknown)
    #expect(collector.items.map(\.kind) == [.lostEvents, .lostEvents])
  }

  @Test func evidence() throws {
    func evidence(_ kind: UInt8) throws -> EvidenceSet {
      var builder = PcapngBuilder()
      builder.section()
      builder.interface()
      builder.enhanced(PcapngBuilder.access(kind: kind), time: 0)
      return try Self.read(builder.bytes).1.evidence
    }
    #expect(try evidence(1) == [.access, .kick, .topology])
    #expect(try evidence(3) == [.access, .kick])
    #expect(try evidence(5) == [.access, .kick])
    #expect(try evidence(6) == [.interrupt])
    #expect(try evidence(7) == [.memory])
    #expect(try evidence(8) == [.topology])
    #expect(try evidence(10) == [])
    #expect(try evidence(11) == [.access])
  }

  /// A block that is not one is passed over, and reading goes on behind it.
  @Test func damagedBlocks() throws {
    var builder = PcapngBuilder()
    builder.section()
    builder.interface()
    builder.enhanced(PcapngBuilder.access(address: 1), time: 0)
    let second = builder.bytes.count
    builder.enhanced(PcapngBuilder.access(address: 2), time: 0)
    let third = builder.bytes.count
    builder.enhanced(PcapngBuilder.access(address: 3), time: 0)
    for (offset, byte) in [(4, 0x3e), (4, 0x40), (7, 0x7f), (0, 0xff), (third - second - 1, 9)] {
      var damaged = builder.bytes
      damaged[second + offset] = UInt8(byte)
      let (collector, summary) = try Self.read(damaged)
      let expected: [UInt64] = [1, 3]
      #expect(collector.items.map(\.address) == expected)
      let unknownType = offset == 0
      #expect(summary.problems.map(\.place) == (unknownType ? [] : [UInt64(second)]))
      if !unknownType {
        #expect(summary.problems[0].text.hasSuffix("went on at offset \(third)"))
      }
      #expect(!summary.truncated)
    }
    // Bytes that nobody counted, in between.
    let stuffed = Array(builder.bytes[..<third]) + [1, 2, 3, 4, 5, 6, 7] + builder.bytes[third...]
    let (collector, summary) = try Self.read(stuffed)
    #expect(collector.items.map(\.address) == [1, 2, 3])
    #expect(summary.problems.count == 1)
  }

  @Test func cutInTheLastBlock() throws {
    var builder = PcapngBuilder()
    builder.section()
    builder.interface()
    builder.enhanced(PcapngBuilder.access(address: 1), time: 0)
    let second = builder.bytes.count
    builder.enhanced(PcapngBuilder.access(address: 2), time: 0)
    let (collector, summary) = try Self.read(builder.bytes.dropLast(5))
    #expect(collector.items.map(\.address) == [1])
    #expect(summary.truncated)
    #expect(
      summary.problems == [
        .init(
          place: UInt64(second), text: "expected a block of 60 bytes, found 55 bytes to the end")
      ])
  }

  @Test func nothingThatIsKnown() throws {
    #expect(throws: RecordingError(.empty, path: "memory")) { _ = try Self.read([]) }
    #expect {
      _ = try Self.read([0x7f] + Array("ELF..".utf8))
    } throws: {
      "\($0)"
        == "memory: no known recording format; it begins with 7f 45 4c 46 2e 2e (\".ELF..\")"
    }
  }
}
