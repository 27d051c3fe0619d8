import Foundation
import Model
import Testing

@testable import Recordings

/// No damage crashes or hangs the reader, and what stands before it is read as ever.
///
/// The smallest recording in full (200 cuts, 2,000 changes); a larger one, with ring memory, less.
@Suite struct PcapngDamageTests {
  static func items(_ bytes: [UInt8]) throws -> [Collector.Item] {
    var collector = Collector()
    var source = try ByteSource(bytes: bytes)
    _ = try Recording.read(&source, into: &collector)
    return collector.items
  }

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: Fixtures.directory.appendingPathComponent("ccw/\(name).pcapng")))
  }

  @Test(arguments: ["linux-rng-rev2", "linux-blk-rev2", "linux-blk-rev2-rings"])
  func cuts(name: String) throws {
    let bytes = try Self.bytes(name)
    let whole = try Self.items(bytes)
    forEachCut(of: bytes) { cut in
      guard let found = try? Self.items(cut) else {
        // Too short to be told from anything else.
        #expect(cut.count < 12)
        return
      }
      // A block is whole when its end lies before the cut.
      let complete = zip(whole, whole.dropFirst().map(\.location) + [UInt64(bytes.count)])
        .prefix { Int($0.1) <= cut.count }.map(\.0)
      #expect(found == complete)
    }
  }

  @Test(arguments: [("linux-rng-rev2", 2000), ("linux-blk-rev2-rings", 200)])
  func changes(name: String, count: Int) throws {
    let bytes = try Self.bytes(name)
    let whole = try Self.items(bytes)
    forEachMutation(of: bytes, count: count, seed: 0x7674_7261_6365) { damaged, place in
      guard let found = try? Self.items(damaged) else {
        #expect(place < 12)
        return
      }
      let before = zip(whole, whole.dropFirst().map(\.location) + [UInt64(bytes.count)])
        .prefix { Int($0.1) <= place }.map(\.0)
      // Damage to the section or interface headers concerns everything behind it.
      #expect(found.prefix(before.count).elementsEqual(before))
    }
  }

  /// A file that claims the longest blocks and never ends one stays within the window's limit.
  @Test func endlessBlocks() throws {
    var builder = PcapngBuilder()
    builder.section()
    builder.interface()
    builder.enhanced(PcapngBuilder.access(address: 1), time: 0)
    for _ in 0..<2000 {
      builder.bytes += builder.number(UInt32(6)) + builder.number(UInt32(16 << 20))
    }
    let found = try Self.items(builder.bytes)
    #expect(found.map(\.address) == [1])
  }
}
