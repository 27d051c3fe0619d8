import Foundation
import Model
import Testing
import TraceKit

@testable import Recordings

/// No damage crashes or hangs the reader, and what stands before it is read as ever.
///
/// Every recording is cut at 200 places. 2,000 changes are made to each in a release build; a debug
/// build is slow, and there the ones above 8 KB get 50.
@Suite struct PcapngDamageTests {
  static let isDebug: Bool = {
    #if DEBUG
      true
    #else
      false
    #endif
  }()

  static func items(_ bytes: [UInt8]) throws -> [Collector.Item] {
    var collector = Collector()
    var source = try ByteSource(bytes: bytes)
    _ = try Recording.read(&source, into: &collector)
    return collector.items
  }

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: Fixtures.directory.appendingPathComponent(name)))
  }

  @Test(arguments: PcapngFixtureTests.all)
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

  @Test(arguments: PcapngFixtureTests.all)
  func changes(name: String) throws {
    let bytes = try Self.bytes(name)
    let count = Self.isDebug && bytes.count > 8 << 10 ? 50 : 2000
    let whole = try Self.items(bytes)
    forEachMutation(of: bytes, count: count, seed: 0x7674_7261_6365) { damaged, place in
      guard let found = try? Self.items(damaged) else {
        #expect(place < 12)
        return
      }
      let before = zip(whole, whole.dropFirst().map(\.location) + [UInt64(bytes.count)])
        .prefix { Int($0.1) <= place }.map(\.0)
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
