import Foundation
import Model
import Testing
import TraceKit

@testable import Recordings

/// What no real recording at hand has, made by a writer and judged by `trace-cmd report`.
@Suite struct TraceDatMadeTests {
  static let shapes: [MadeRecording] = [6, 7].flatMap { version in
    [false, true].flatMap { big in
      [4, 8].map { MadeRecording(version: version, isBigEndian: big, longSize: $0) }
    }
  }

  @Test(arguments: shapes)
  func readsEitherByteOrderAndSizeOfLong(_ shape: MadeRecording) throws {
    let reading = try expectAgreement(try written(shape))
    // Something of everything, else the comparison says little.
    #expect(reading.summary.lost > 0)
    #expect(reading.summary.lostUnknown)
    for kind in [Access.Kind.mmio, .portIO, .interrupt, .lostEvents] {
      #expect(reading.items.contains { $0.kind == kind })
    }
    #expect(reading.items.contains { $0.flags == Access.Flags.unknownData.rawValue })
  }

  @Test(arguments: [
    MadeRecording(version: 6, buffers: ["", "guest", "other"]),
    MadeRecording(version: 7, buffers: ["", "guest", "other"]),
    MadeRecording(version: 7, isBigEndian: true, buffers: ["", "guest"], pageSize: 16384),
  ])
  func mergesSeveralBuffers(_ shape: MadeRecording) throws {
    let reading = try expectAgreement(try written(shape))
    #expect(reading.summary.remarks.contains { $0.contains("guest") })
  }

  @Test(arguments: [6, 7])
  func appliesTheOptionsOfTime(version: Int) throws {
    var shape = MadeRecording(version: version, events: 500)
    shape.clock = "x86-tsc"
    // Multiplier, shift and offset as trace-cmd finds them for a 2.6 GHz clock.
    shape.options = [
      (14, [0x9d, 0x8a, 0x9d, 0x18, 30, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
      (7, Array("-1234567\0".utf8)), (1, Array("0x1234\0".utf8)),
    ]
    try expectAgreement(try written(shape))
  }

  @Test func readsZlib() throws {
    let shape = MadeRecording(version: 7)
    let plain = try TraceDatReading(shape.file())
    let packed = try TraceDatReading(shape.file { (try? zlib($0)) ?? [] })
    #expect(packed.summary.problems.isEmpty)
    #expect(packed.summary.remarks.contains { $0.contains("zlib") })
    #expect(packed.items.count == plain.items.count)
    for (one, other) in zip(packed.items, plain.items) {
      var one = one
      one.location = other.location
      #expect(one == other)
    }
  }

  @Test func pairsReadsByThread() throws {
    var writer = TraceDatWriter(TraceDatWriter.Shape(), kinds: [.kvmMMIO()])
    writer.add(0, [0, 4, 0xfe00_0000, 0], time: 100, thread: 1)
    writer.add(0, [0, 4, 0xfe00_1000, 0], time: 110, thread: 2)
    writer.add(0, [1, 4, 0xfe00_1000, 7], time: 120, thread: 2)
    writer.add(0, [1, 4, 0xfe00_0000, 9], time: 130, thread: 1)
    let reading = try TraceDatReading(writer.file())
    #expect(reading.items.map(\.address) == [0xfe00_1000, 0xfe00_0000])
    #expect(reading.items.map(\.time) == [110, 100])
    #expect(reading.items.map(\.record) == [3, 4])
    #expect(reading.items.map(\.value) == [7, 9])
  }

  @Test func joinsNoReadAcrossALoss() throws {
    var writer = TraceDatWriter(TraceDatWriter.Shape(), kinds: [.kvmMMIO()])
    writer.add(0, [0, 4, 0xfe00_0000, 0], time: 100, thread: 1)
    writer.lose(3)
    writer.add(0, [1, 4, 0xfe00_0000, 9], time: 130, thread: 1)
    let reading = try TraceDatReading(writer.file())
    #expect(reading.items.map(\.kind) == [.mmio, .lostEvents, .mmio])
    #expect(reading.items.map(\.time) == [100, 130, 130])
    #expect(reading.items.map(\.record) == [2, 2, 2])
    #expect(reading.items[0].flags == Access.Flags.unknownData.rawValue)
  }

  @Test func saysWhetherConfigurationIsShown() throws {
    let shows = try TraceDatReading(path: Fixtures.path("x86/kvm-seabios-blk-modern.trace.dat"))
    #expect(shows.summary.evidence.contains(.topology))
    var writer = TraceDatWriter(TraceDatWriter.Shape(), kinds: [.kvmMMIO()])
    writer.add(0, [2, 4, 0xcf8, 0], time: 100)
    #expect(try !TraceDatReading(writer.file()).summary.evidence.contains(.topology))
  }

  @Test func readsTheLoadOfTheBenchmark() throws {
    let scratch = try Scratch()
    let path = try scratch.file("load.dat", TraceDatWriter.busyDevice(accesses: 3000))
    let reading = try expectAgreement(path)
    #expect(reading.items.count >= 3000)
    #expect(reading.items.allSatisfy { $0.kind == .mmio && $0.flags & 2 == 0 })
  }

  /// Kernels before 3.16 do not tell the value of port I/O.
  @Test func readsPortsWithoutValues() throws {
    var kind = TraceEventKind.kvmPIO()
    kind.fields.removeLast()
    var writer = TraceDatWriter(TraceDatWriter.Shape(), kinds: [kind])
    writer.add(0, [1, 0xc012, 1, 1], time: 100)
    writer.add(0, [0, 0xc014, 2, 1], time: 200)
    let reading = try TraceDatReading(writer.file())
    #expect(reading.items.map(\.width) == [1, 2])
    let flags: [Access.Flags] = [[.toDevice, .unknownData], .unknownData]
    #expect(reading.items.map(\.flags) == flags.map(\.rawValue))
  }

  @Test func saysWhichFieldsAreMissing() throws {
    var kind = TraceEventKind.kvmMMIO()
    kind.fields.remove(at: 2)
    var writer = TraceDatWriter(TraceDatWriter.Shape(), kinds: [kind])
    writer.add(0, [1, 4, 7], time: 100)
    let reading = try TraceDatReading(writer.file())
    #expect(reading.items.isEmpty)
    #expect(reading.summary.records == 1)
    #expect(reading.summary.problems.first?.text.contains("kvm_mmio lacks a field") == true)
  }

  @Test func leavesOutOtherThreads() throws {
    let bytes = MadeRecording().file()
    var reader = TraceDatReader(threads: [1001])
    var sink = Collector()
    var summary = InputSummary(path: "-")
    reader.read(bytes.span.bytes, into: &sink, summary: &summary)
    let all = try TraceDatReading(bytes)
    #expect(summary.records == all.summary.records)
    #expect(!sink.items.isEmpty)
    #expect(sink.items.count < all.items.count)
    #expect(summary.skipped.contains { $0.reason == "event of a thread that was not asked for" })
  }

  private func written(_ shape: MadeRecording) throws -> String {
    let scratch = try Scratch()
    keep.append(scratch)
    return try scratch.file("made.dat", shape.file())
  }

  private let keep = Keep()
}

/// Keeps scratch directories until the test is over.
private final class Keep: @unchecked Sendable {
  private var all: [Scratch] = []
  func append(_ scratch: Scratch) { all.append(scratch) }
}

/// Packs `bytes` as zlib does, with gzip's deflate: trace-cmd is seldom built with zlib.
private func zlib(_ bytes: [UInt8]) throws -> [UInt8] {
  let scratch = try Scratch()
  let path = try scratch.file("plain", bytes)
  let gzip = try run("gzip", ["-n", "-c"], input: path)
  var (low, high): (UInt32, UInt32) = (1, 0)
  for byte in bytes {
    low = (low + UInt32(byte)) % 65521
    high = (high + low) % 65521
  }
  let sum = (high << 16 | low).bigEndian
  // gzip: ten bytes before the deflated data, eight behind it.
  return [0x78, 0x9c] + gzip.dropFirst(10).dropLast(8) + withUnsafeBytes(of: sum) { Array($0) }
}
