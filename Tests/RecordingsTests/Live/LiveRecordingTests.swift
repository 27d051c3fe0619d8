import Foundation
import Model
import Testing

@testable import Recordings

extension Collector: LiveSink {}

/// Recordings that are read while somebody writes them.
@Suite struct LiveRecordingTests {
  /// Inputs of every format, and how many bytes are written at a time.
  static let inputs: [(name: String, piece: Int)] = [
    ("ccw/linux-blk-rev2.pcapng", 1000),
    ("x86/qtest/good.qemu.log", 777),
    ("x86/kvm-ftrace-seabios-blk-legacy.ftrace.txt", 4096),
    ("x86/kvm-probe.perf-script.txt", 333),
    ("x86/kvm-seabios-blk-modern.v6.trace.dat", 65536),
    ("x86/kvm-ipxe-net-transitional.qemu.log.zst", 5000),
  ]

  private func whole(_ path: String) throws -> (Collector, InputSummary) {
    var sink = Collector()
    let summary = try Recording.read(path: path, into: &sink)
    return (sink, summary)
  }

  private func expectSame(_ live: (Collector, InputSummary), _ whole: (Collector, InputSummary)) {
    #expect(live.0.items == whole.0.items)
    #expect(live.1.format == whole.1.format && live.1.records == whole.1.records)
    #expect(live.1.problems == whole.1.problems && live.1.skipped == whole.1.skipped)
  }

  @Test(arguments: inputs) func aFIFOIsReadAsItFills(name: String, piece: Int) throws {
    let scratch = try Scratch()
    let path = scratch.path("fifo")
    #expect(mkfifo(path, 0o600) == 0)
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: Fixtures.path(name))))
    // Opened before anybody writes: that must not wait.
    let live = try LiveRecording(.file(path: path, follows: false))
    Thread.detachNewThread {
      guard let writer = FileHandle(forWritingAtPath: path) else { return }
      for start in stride(from: 0, to: bytes.count, by: piece) {
        try? writer.write(contentsOf: bytes[start..<min(start + piece, bytes.count)])
      }
      try? writer.close()
    }
    var sink = Collector()
    let summary = try live.read(into: &sink)
    expectSame((sink, summary), try whole(Fixtures.path(name)))
    #expect(live.control.accesses == UInt64(sink.items.count))
    #expect(live.control.bytes == UInt64(bytes.count))
  }

  /// Classic pcap, which libpcap reads from a finished file, and our own reader from a pipe.
  @Test(arguments: ["", "nsecpcap", "cut"]) func classicPcapThroughAFIFO(form: String) throws {
    let scratch = try Scratch()
    let name = scratch.path("in.pcap")
    try run(
      "editcap",
      ["-F", form == "nsecpcap" ? form : "pcap", Fixtures.path("ccw/linux-blk-rev2.pcapng"), name])
    var bytes = [UInt8](try Data(contentsOf: URL(filePath: name)))
    if form == "cut" { bytes.removeLast(5) }
    let path = try scratch.file("whole.pcap", bytes)
    let fifo = scratch.path("fifo")
    #expect(mkfifo(fifo, 0o600) == 0)
    let live = try LiveRecording(.file(path: fifo, follows: false))
    let data = Data(bytes)
    Thread.detachNewThread {
      guard let writer = FileHandle(forWritingAtPath: fifo) else { return }
      for start in stride(from: 0, to: data.count, by: 100) {
        try? writer.write(contentsOf: data[start..<min(start + 100, data.count)])
      }
      try? writer.close()
    }
    var sink = Collector()
    let summary = try live.read(into: &sink)
    let finished = try whole(path)
    #expect(sink.items.count > 100 && sink.items == finished.0.items)
    #expect(summary.records == finished.1.records && summary.truncated == finished.1.truncated)
    #expect(summary.truncated == (form == "cut"))
  }

  @Test(arguments: inputs.filter { !$0.name.hasSuffix("trace.dat") })
  func aFileIsReadOnAsItGrows(name: String, piece: Int) throws {
    let scratch = try Scratch()
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: Fixtures.path(name))))
    let path = try scratch.file("growing", [])
    let live = try LiveRecording(.file(path: path, follows: true))
    let control = live.control
    Thread.detachNewThread {
      guard let writer = FileHandle(forWritingAtPath: path) else { return }
      let step = max(piece, bytes.count / 5)
      for start in stride(from: 0, to: bytes.count, by: step) {
        try? writer.write(contentsOf: bytes[start..<min(start + step, bytes.count)])
        Thread.sleep(forTimeInterval: 0.06)
      }
      while control.bytes < UInt64(bytes.count) || !control.isCaughtUp {
        Thread.sleep(forTimeInterval: 0.01)
      }
      control.stop()
    }
    var sink = Collector()
    let summary = try live.read(into: &sink)
    expectSame((sink, summary), try whole(Fixtures.path(name)))
  }

  /// Reading that waits ends when it is told to, with what was there.
  @Test func stopEndsAReadingThatWaits() throws {
    let scratch = try Scratch()
    let path = scratch.path("fifo")
    #expect(mkfifo(path, 0o600) == 0)
    let live = try LiveRecording(.file(path: path, follows: false))
    let writer = try #require(FileHandle(forUpdatingAtPath: path))
    let line = "pci_cfg_read virtio-blk-pci 00:04.0 @0x0 -> 0x10011af4\n"
    try writer.write(contentsOf: Data((line + line + "pci_cfg").utf8))
    let control = live.control
    Thread.detachNewThread {
      while !control.isCaughtUp { Thread.sleep(forTimeInterval: 0.01) }
      control.stop()
    }
    var sink = Collector()
    let start = ContinuousClock.now
    let summary = try live.read(into: &sink)
    #expect(ContinuousClock.now - start < .seconds(5))
    #expect(sink.items.count == 2 && summary.records == 2)
    try writer.close()
  }

  @Test func stopBeforeAnythingCameIsNoError() throws {
    let scratch = try Scratch()
    let path = scratch.path("fifo")
    #expect(mkfifo(path, 0o600) == 0)
    let live = try LiveRecording(.file(path: path, follows: false))
    live.control.stop()
    var sink = Collector()
    #expect(try live.read(into: &sink).records == 0)
  }

  @Test func aFileThatBecomesShorterIsNamed() throws {
    let scratch = try Scratch()
    let line = "pci_cfg_read virtio-blk-pci 00:04.0 @0x0 -> 0x10011af4\n"
    let path = try scratch.file("growing", Array((line + line).utf8))
    let live = try LiveRecording(.file(path: path, follows: true))
    let control = live.control
    Thread.detachNewThread {
      while !control.isCaughtUp { Thread.sleep(forTimeInterval: 0.01) }
      truncate(path, 3)
    }
    var sink = Collector()
    let summary = try live.read(into: &sink)
    #expect(summary.problems.contains { $0.text.contains("became shorter") })
    #expect(sink.items.count == 2)
  }

  @Test func whatIsNotThereIsSaidAtOnce() {
    #expect(throws: RecordingError.self) {
      try LiveRecording(.file(path: "/nonexistent/fifo", follows: true))
    }
    #expect(throws: RecordingError.self) { try LiveRecording(.file(path: "/", follows: false)) }
    #expect(throws: RecordingError.self) { try LiveRecording(.sysfs) }
  }
}
