import Foundation
import Model
import Testing
import TraceKit

@testable import Recordings

/// The texts that trace-cmd made of a recording give what the recording itself gives.
struct FtraceTextFixtureTests {
  static let runs = [
    "x86/kvm-linuxreplay-mmio-legacy", "x86/kvm-seabios-blk-modern", "x86/kvm-seabios-scsi-legacy",
    "x86/replay/kvm-formats",
  ]

  /// The accesses without what a text cannot hold: its places are lines, a time without `-t` has
  /// six digits, of a message bit 14 of its data (the level) and the fixed part of its address are
  /// not printed.
  static func comparable(
    _ items: [Collector.Item], micro: Bool
  ) -> [Collector.Item] {
    items.map { item in
      var item = item
      item.location = 0
      if micro { item.time = item.time / 1000 }
      if item.kind == .interrupt, item.code == 1 {
        item.value &= ~0x4000
        item.address &= 0xf_ffff
      }
      return item
    }
  }

  static func path(_ name: String) throws -> String {
    let plain = Fixtures.path(name)
    return FileManager.default.fileExists(atPath: plain) ? plain : plain + ".zst"
  }

  @Test(arguments: runs, ["report-ns", "report-raw", "report"])
  func equalsTheBinary(run: String, form: String) throws {
    let binary = try TraceDatReading(path: Fixtures.path(run + ".trace.dat"))
    let text = try readFtrace(ByteSource(path: Self.path("\(run).\(form).txt")))
    #expect(text.summary.problems.isEmpty && !text.summary.truncated)
    #expect(text.summary.records == binary.summary.records)
    #expect(text.skipped("no trace event (by line)") == 0)
    let micro = form != "report-ns"
    // trace-cmd rounds to microseconds; half of the times then differ by one.
    var got = Self.comparable(text.items, micro: micro)
    var want = Self.comparable(binary.items, micro: micro)
    #expect(got.count == want.count)
    if micro {
      let near = zip(got, want).allSatisfy { abs($0.time - $1.time) <= 1 }
      #expect(near)
      for index in got.indices { got[index].time = 0 }
      for index in want.indices { want[index].time = 0 }
    }
    let first = zip(got, want).first { $0 != $1 }
    #expect(first == nil)
  }

  @Test(arguments: [
    "x86/kvm-linuxreplay-legacy-blk-net", "x86/kvm-linuxreplay-net-transitional-modern",
  ]) func longReports(run: String) throws {
    let binary = try TraceDatReading(path: Fixtures.path(run + ".trace.dat"))
    let text = try readFtrace(ByteSource(path: Self.path("\(run).report.txt")))
    #expect(text.summary.problems.isEmpty)
    #expect(text.summary.records == binary.summary.records)
    #expect(text.items.map(\.record) == binary.items.map(\.record))
    #expect(text.items.map(\.value) == binary.items.map(\.value))
  }

  /// The kernel's own `trace` file, against counts of its lines.
  @Test func theKernelsTrace() throws {
    let path = Fixtures.path("x86/kvm-ftrace-seabios-blk-legacy.ftrace.txt")
    let result = try readFtrace(ByteSource(path: path))
    func count(_ pattern: String) throws -> Int {
      let output = try run("bash", ["-c", "grep -cE '\(pattern)' '\(path)' || true"])
      return Int(
        String(decoding: output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
        ?? -1
    }
    #expect(result.summary.problems.isEmpty)
    #expect(result.summary.records == 8480)
    #expect(try result.kinds[.portIO, default: 0] == count(": kvm_pio: "))
    #expect(
      try result.kinds[.mmio, default: 0] == count(": mmio (read|write) | mmio (read|write) "))
    let interrupts =
      try count(": kvm_set_irq: ") + count(": kvm_msi_set_irq: ")
      - count("kvm_msi_set_irq: dst 0 vec 0 ")
    #expect(result.kinds[.interrupt, default: 0] == interrupts)
    #expect(
      try Int(result.skipped("kvm_userspace_exit event")) == count(": kvm_userspace_exit: "))
    #expect(result.items.first?.cpu == 1)
    #expect(result.summary.firstTime == 5_944_545_262_000)
  }

  /// One run of a small guest, printed by perf and by the kernel in seven ways; what it does is in
  /// its program, which the README of the recordings tells.
  @Test(arguments: [
    ("perf-script", "perf-script"), ("perf-script-ns", "perf-script"),
    ("perf-script-nocpu", "perf-script"), ("perf-script-nocomm", "perf-script"),
    ("trace-tgid", "ftrace-text"), ("trace-latency", "ftrace-text"),
    ("trace-noflags", "ftrace-text"),
  ]) func everyFormOfTheProbe(form: String, format: String) throws {
    let path = Fixtures.path("x86/kvm-probe.\(form).txt")
    let source = try ByteSource(path: path)
    let isRecognized = FtraceTextReader.recognizes(source.bytes)
    #expect(isRecognized)
    let isOther = QEMULogReader.recognizes(source.bytes)
    #expect(!isOther)
    let result = try readFtrace(source)
    #expect(result.summary.problems.isEmpty)
    #expect(result.summary.records == 51)
    #expect(result.summary.format == format)
    #expect(result.skipped("no trace event (by line)") == 0)
    let items = result.items
    #expect(
      items.map(\.kind) == [
        .interrupt, .interrupt, .interrupt, .portIO, .portIO, .mmio, .mmio, .portIO, .portIO,
      ])
    #expect(
      items.map(\.address) == [
        10, 10, 0xfee0_0000, 0x217, 0x217, 0x20010, 0x20014, 0x217, 0xf4,
      ])
    #expect(items.map(\.value) == [1, 0, 49, 0x41, 0, 0xabab, 0x1234, 0, 0xab])
    #expect(items.map(\.width) == [1, 1, 4, 1, 1, 2, 2, 1, 1])
    #expect(items.map(\.code) == [0, 0, 1, 0, 0, 0, 0, 12, 0])
    #expect(items.map(\.flags) == [0, 0, 0, 1, 0, 0, 1, 8, 1])
    let hasCPU = form != "perf-script-nocpu"
    #expect(items.allSatisfy { $0.cpu == (hasCPU ? 0 : Access.noCPU) })
    // All clocks are one, but the latency format counts from the first event.
    let duration = items[8].time - items[0].time
    #expect(abs(duration - 1_879_972) < 2000)
  }

  static let small = [
    "x86/kvm-linuxreplay-mmio-legacy.report-raw.txt", "x86/kvm-linuxreplay-mmio-legacy.report.txt",
    "x86/kvm-probe.perf-script-ns.txt", "x86/kvm-probe.trace-latency.txt",
  ]

  @Test(arguments: small) func cutsAreReadUpToTheCut(name: String) throws {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: Fixtures.path(name))))
    let whole = try readFtrace(ByteSource(bytes: bytes)).items
    try forEachCut(of: bytes) { cut in
      let result = try readFtrace(ByteSource(bytes: cut))
      let isWhole = cut.isEmpty || cut.last == 0x0a
      #expect(result.summary.truncated == !isWhole)
      let count = result.items.count { $0.flags & Access.Flags.unknownData.rawValue == 0 }
      #expect(result.items.prefix(count).elementsEqual(whole.prefix(count)))
      #expect(result.items.count - count <= 1)
    }
  }

  @Test(arguments: small) func changedBytesNeverStopTheReader(name: String) throws {
    let all = [UInt8](try Data(contentsOf: URL(filePath: Fixtures.path(name))))
    let bytes = Array(all.prefix(6000))
    let whole = try readFtrace(ByteSource(bytes: bytes)).items
    try forEachMutation(of: bytes, seed: 12) { damaged, place in
      let result = try readFtrace(ByteSource(bytes: damaged))
      let lines = damaged.count { $0 == 0x0a }
      #expect(result.summary.records <= lines)
      #expect(result.items.allSatisfy { $0.location <= lines })
      let line = bytes[..<place].count { $0 == 0x0a }
      let before = whole.prefix { $0.location < line }
      #expect(result.items.prefix(before.count).elementsEqual(before))
    }
  }
}
