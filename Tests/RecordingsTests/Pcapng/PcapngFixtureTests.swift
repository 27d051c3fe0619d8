import Foundation
import Model
import Testing

@testable import Recordings

/// Every real pcapng recording: what `tshark` says of its packets is what the reader hands on.
@Suite struct PcapngFixtureTests {
  static let all: [String] = {
    let names = FileManager.default.enumerator(atPath: Fixtures.directory.path)
    return (names?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".pcapng") }.sorted()
  }()

  @Test func fixturesAreThere() {
    #expect(Self.all.count >= 14)
  }

  @Test(arguments: all) func equalsTshark(name: String) throws {
    let path = Fixtures.path(name)
    let packets = try TsharkPacket.read(path)
    var collector = Collector()
    let summary = try Recording.read(path: path, into: &collector)
    #expect(summary.records == UInt64(packets.count))
    #expect(collector.items.map(\.asPacket) == packets)
    #expect(summary.problems.isEmpty && summary.skipped.isEmpty && !summary.truncated)
    #expect(summary.format == "pcapng" && summary.evidence.contains(.access))
    #expect(summary.bytes == (try fileSize(path)))
    #expect(summary.firstTime == collector.items.first?.time)
    #expect(summary.lastTime == collector.items.last?.time)
  }

  /// The block at the location of an access is that of its packet.
  @Test(arguments: all) func locationIsTheBlock(name: String) throws {
    let bytes = [UInt8](try Data(contentsOf: Fixtures.directory.appendingPathComponent(name)))
    var collector = Collector()
    _ = try Recording.read(path: Fixtures.path(name), into: &collector)
    for item in collector.items {
      let place = Int(item.location)
      #expect(bytes[place] == 6)
      #expect(Array(bytes[place + 28..<place + 30]) == Array("VT".utf8))
    }
  }

  /// A pipe that delivers a few bytes at a time gives the same as the mapped file.
  @Test(arguments: all.prefix(4)) func streamEqualsFile(name: String) throws {
    let bytes = [UInt8](try Data(contentsOf: Fixtures.directory.appendingPathComponent(name)))
    var mapped = Collector()
    _ = try Recording.read(path: Fixtures.path(name), into: &mapped)
    for piece in [1, 7, 4096] {
      var streamed = Collector()
      var source = try ByteSource(bytes: bytes, piece: piece)
      _ = try Recording.read(&source, into: &streamed)
      #expect(streamed.items == mapped.items)
    }
  }

  private func fileSize(_ path: String) throws -> UInt64 {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return (attributes[.size] as? NSNumber)?.uint64Value ?? 0
  }
}
