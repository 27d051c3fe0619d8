import Foundation
import Model
import Rules
import Testing

@testable import Recordings

/// Packets of vsock monitoring against Wireshark's dissector.
@Suite struct SocketOracleTests {
  /// One packet as fields, in the order that tshark is asked for them.
  private static let fields = [
    "frame.number", "vsock.src_cid", "vsock.dst_cid", "vsock.src_port", "vsock.dst_port",
    "vsock.op", "vsock.trans", "vsock.virtio.len", "vsock.virtio.type", "vsock.virtio.op",
    "vsock.virtio.flags", "vsock.virtio.buf_alloc", "vsock.virtio.fwd_cnt",
  ]

  private static func told(_ packet: SocketPacket) -> String {
    var words = [
      "\(packet.reference.record)", "\(packet.source.cid)", "\(packet.destination.cid)",
      "\(packet.source.port)", "\(packet.destination.port)", "\(packet.event)",
      "\(packet.transport)",
    ]
    let header = [
      "\(packet.length)", "\(packet.type)", "\(packet.operation.rawValue)",
      String(format: "0x%08x", packet.flags), "\(packet.bufferSpace)", "\(packet.forwardedCount)",
    ]
    words += packet.hasHeader ? header : header.map { _ in "" }
    return words.joined(separator: "\t")
  }

  private static func packets(seed: UInt64) -> SocketPackets {
    var state = seed
    func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 11
    }
    var packets = SocketPackets()
    for _ in 0..<80 {
      let cids: [UInt64] = [0, 2, 3, 42, 0xffff_ffff, next(), next() << 11]
      packets.add(
        from: (cids[Int(next() % 7)], UInt32(truncatingIfNeeded: next())),
        to: (cids[Int(next() % 7)], UInt32(truncatingIfNeeded: next())),
        event: UInt16(next() % 5), transport: next() % 8 == 0 ? 1 : 2,
        length: UInt32(truncatingIfNeeded: next()), type: UInt16(next() % 4),
        operation: UInt16(next() % 10), flags: UInt32(truncatingIfNeeded: next()),
        space: UInt32(truncatingIfNeeded: next()), taken: UInt32(truncatingIfNeeded: next()),
        payload: (0..<Int(next() % 40)).map { UInt8($0) })
    }
    return packets
  }

  @Test(arguments: [true, false], [1, 2, 3])
  func readsWhatTsharkReads(isPcapng: Bool, seed: UInt64) throws {
    let scratch = try Scratch()
    let made = Self.packets(seed: seed)
    let path = try made.write(scratch, "made", isPcapng: isPcapng)
    let output = try run(
      "tshark", ["-r", path, "-T", "fields"] + Self.fields.flatMap { ["-e", $0] })
    let wanted = String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
    try #require(wanted.count == made.packets.count)
    var collector = Collector()
    let summary = try Recording.read(path: path, into: &collector)
    #expect(summary.format == (isPcapng ? "pcapng" : "pcap") && summary.problems.isEmpty)
    #expect(summary.skipped.isEmpty)
    let found = collector.items.map { item in
      let reference = RecordReference(record: item.record, time: item.time, location: 0)
      let packet = SocketPacket(item.payload.span.bytes, at: reference)
      return packet.map(Self.told)
    }
    #expect(found == wanted.map(Optional.init))
    #expect(collector.items.map(\.payload) == made.packets)
    var analysis = Analysis()
    _ = try Recording.read(path: path, into: &analysis)
    analysis.finish()
    #expect(analysis.machine.sockets.packets == UInt64(made.packets.count))
    #expect(analysis.machine.devices.count == 0)
  }

  /// What was read is written on an interface of its own, byte for byte, beside accesses.
  @Test func isWrittenAsItIs() throws {
    let scratch = try Scratch()
    let made = Self.packets(seed: 7)
    let path = try made.write(scratch, "made.pcap", isPcapng: false)
    let output = scratch.path("out.pcapng")
    var writer = try PcapngWriter(path: output)
    _ = try Recording.read(path: Fixtures.path("ccw/linux-blk-rev2.pcapng"), into: &writer)
    _ = try Recording.read(path: path, into: &writer)
    try writer.finish()
    let types = try run("tshark", ["-r", output, "-T", "fields", "-e", "frame.protocols"])
    let lines = String(decoding: types, as: UTF8.self).split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("vsock") } == made.packets.count)
    var collector = Collector()
    let summary = try Recording.read(path: output, into: &collector)
    #expect(summary.problems.isEmpty)
    let sockets = collector.items.filter { $0.kind == .socketPacket }
    #expect(sockets.map(\.payload) == made.packets)
    #expect(collector.items.count > sockets.count)
  }

  /// Cut and damaged packets are counted, and nothing is read beyond them.
  @Test func everyLengthOfAPacket() throws {
    var made = SocketPackets()
    made.add(from: (3, 1), to: (2, 2), length: 5, operation: 5, payload: Array("hello".utf8))
    for count in 0...made.packets[0].count {
      let bytes = Array(made.packets[0].prefix(count))
      let packet = SocketPacket(bytes.span.bytes, at: .none)
      #expect((packet == nil) == (count < 32))
      #expect(packet?.hasHeader ?? false == (count >= 76))
      #expect(packet?.payloadCount ?? 0 == UInt32(max(0, count - 76)))
    }
    // A length of the transport's header that reaches beyond the packet.
    var long = made.packets[0]
    long[28] = 0xff
    long[29] = 0xff
    let packet = SocketPacket(long.span.bytes, at: .none)
    #expect(packet?.hasHeader == true && packet?.payloadCount == 0)
    let scratch = try Scratch()
    let path = try SocketPackets(packets: [Array(made.packets[0].prefix(20))])
      .write(scratch, "short.pcap", isPcapng: false)
    var collector = Collector()
    let summary = try Recording.read(path: path, into: &collector)
    #expect(collector.items.isEmpty)
    #expect(
      summary.problems.map(\.text) == [
        "packet 1: expected a vsock monitor header of 32 bytes, found 20 bytes"
      ])
  }
}
