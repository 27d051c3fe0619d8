import Foundation
import Model
import Recordings
import TraceKit

/// The synthetic recordings.
enum Files {
  /// Writes `count` accesses as pcapng.
  static func pcapng(_ path: String, count: Int) throws {
    var traffic = Traffic(seed: 42)
    var writer = try PcapngWriter(path: path, interface: "bench")
    var batch: [Access] = []
    var left = count
    while left > 0 {
      batch.removeAll(keepingCapacity: true)
      for _ in 0..<min(left, 4096) { batch.append(traffic.step()) }
      writer.receive(batch.span, payload: RawSpan())
      left -= batch.count
    }
    try writer.finish()
  }

  /// Writes at least `byteCount` bytes of a block device at work, with every store to its rings and
  /// the 4 KiB that it reads into each buffer.
  static func rings(_ path: String, byteCount: Int) throws {
    var traffic = RingTraffic()
    var writer = try PcapngWriter(path: path, interface: "bench")
    var written = 0
    while written < byteCount { written += traffic.step(into: &writer) }
    try writer.finish()
  }

  /// Writes `count` accesses as KVM events in a `trace.dat`: a write is one event, a read two, and
  /// an exit to user space stands between.
  static func traceDat(_ path: String, count: Int) throws {
    var traffic = Traffic(seed: 42)
    let kinds = [TraceEventKind.kvmMMIO(), .kvmUserspaceExit()]
    var writer = TraceDatWriter(.init(), kinds: kinds)
    for _ in 0..<count {
      let access = traffic.step()
      let time = UInt64(access.time)
      let width = UInt64(access.width)
      if access.isWrite {
        writer.add(0, [2, width, access.address, access.value], time: time)
      } else {
        writer.add(0, [0, width, access.address, 0], time: time)
        writer.add(1, [6, 0], time: time + 100)
        writer.add(0, [1, width, access.address, access.value], time: time + 200)
      }
    }
    try Data(writer.file()).write(to: URL(filePath: path))
  }
}
