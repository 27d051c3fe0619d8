import Foundation
import Model
import Recordings
import Rules
import Testing

/// A log of virtio-ccw tells each kick twice: on the virtual CPU's thread and on the one that serves
/// the eventfd. The recording of the same run in the encapsulation has each once.
@Suite struct KickEchoTests {
  static let runs = [
    "linux-blk-rev0", "linux-blk-rev1", "linux-blk-rev2", "linux-net-rev2", "linux-rng-rev2",
  ]

  private func kicks(_ name: String) throws -> UInt64 {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    var analysis = Analysis()
    _ = try Recording.read(
      path: root.appending(path: "fixtures/ccw/\(name)").path, into: &analysis)
    return analysis.machine.devices.all.flatMap(\.sessions).map(\.kicks).reduce(0, +)
  }

  @Test(arguments: runs) func eachKickCountsOnce(run: String) throws {
    #expect(try kicks("\(run).log") == kicks("\(run).pcapng"))
  }
}
