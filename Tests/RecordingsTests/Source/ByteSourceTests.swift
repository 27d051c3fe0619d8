import Foundation
import Model
import Testing
import Wire

@testable import Recordings

@Suite struct ByteSourceTests {
  /// A pattern whose every place differs, larger than two windows.
  static let pattern: [UInt8] = (0..<(1 << 20)).flatMap { (number: Int) -> [UInt8] in
    [
      UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8), 7,
      UInt8(truncatingIfNeeded: number >> 16), 0, 0, 0, 0, 0,
    ]
  }

  /// Everything that a source delivers when it is consumed `step` bytes at a time.
  static func drain(
    _ source: inout ByteSource, step: Int = .max
  ) -> [UInt8] {
    var all: [UInt8] = []
    while true {
      let count = min(step, source.bytes.byteCount)
      #expect(source.windowOffset == UInt64(all.count))
      all += source.bytes.extracting(first: count).array
      guard source.refill(consumed: count) == .grew || source.bytes.byteCount > 0 else { break }
    }
    return all
  }

  @Test(arguments: [Int.max, 100_003]) func mappedFile(step: Int) throws {
    let scratch = try Scratch()
    var source = try ByteSource(path: scratch.file("plain", Self.pattern))
    #expect(Self.drain(&source, step: step) == Self.pattern)
    #expect(source.compression.isEmpty)
  }

  @Test(arguments: [["gzip", "gz"], ["zstd", "zst"]]) func compressed(tool: [String]) throws {
    let scratch = try Scratch()
    let plain = try scratch.file("plain", Self.pattern)
    let packed = try run(tool[0], ["-c", plain])
    // Two members, one after the other; then one inside another.
    var twice = try ByteSource(path: scratch.file("twice", packed + packed))
    #expect(twice.compression == [tool[1]])
    #expect(Self.drain(&twice, step: 100_003) == Self.pattern + Self.pattern)
    let nested = try run("gzip", ["-c", scratch.file("packed", packed)])
    let nestedPath = try scratch.file("nested", nested)
    var inside = try ByteSource(path: nestedPath)
    #expect(inside.compression == ["gz", tool[1]])
    #expect(Self.drain(&inside) == Self.pattern)
    let bomb = try scratch.file("bomb", run("gzip", ["-c", nestedPath]))
    #expect(throws: RecordingError.self) { _ = try ByteSource(path: bomb) }
  }

  @Test(arguments: ["gzip", "zstd"]) func cutAndDamaged(tool: String) throws {
    let scratch = try Scratch()
    let packed = try run(tool, ["-c", scratch.file("plain", Self.pattern)])
    var cut = try ByteSource(path: scratch.file("cut", Array(packed.prefix(packed.count / 2))))
    let got = Self.drain(&cut)
    #expect(!got.isEmpty && Self.pattern.starts(with: got))
    var summary = InputSummary(path: "cut")
    cut.describe(in: &summary)
    #expect(summary.truncated && summary.problems.count == 1)
    #expect(summary.bytes == UInt64(packed.count / 2))
    var broken = packed
    for index in packed.count / 2..<packed.count / 2 + 64 { broken[index] ^= 0xff }
    var damaged = try ByteSource(path: scratch.file("damaged", broken))
    _ = Self.drain(&damaged)
    var note = InputSummary(path: "damaged")
    damaged.describe(in: &note)
    #expect(note.problems.count == 1 && !note.truncated)
  }

  @Test func spooling() throws {
    let scratch = try Scratch()
    let packed = try run("gzip", ["-c", scratch.file("plain", Self.pattern)])
    var source = try ByteSource(path: scratch.file("packed", packed))
    let whole = try source.mapped()
    #expect(whole.bytes.array == Self.pattern)
    #expect(source.bytes.byteCount == 0 && source.inputBytes == UInt64(packed.count))
    var plain = try ByteSource(path: scratch.path("plain"))
    let mapped = try plain.mapped()
    #expect(mapped.bytes.array == Self.pattern)
  }

  @Test func emptyAndMissing() throws {
    let scratch = try Scratch()
    var empty = try ByteSource(path: scratch.file("empty", []))
    #expect(Self.drain(&empty).isEmpty)
    let mapped = try empty.mapped()
    #expect(mapped.bytes.byteCount == 0)
    let missing = scratch.path("missing")
    #expect {
      _ = try ByteSource(path: missing)
    } throws: {
      "\($0)" == "\(missing): cannot open it: No such file or directory"
    }
    let directory = scratch.directory.path
    #expect(throws: RecordingError(.isDirectory, path: directory)) {
      _ = try ByteSource(path: directory)
    }
  }

  @Test func pipeDeliversAsItFills() throws {
    let scratch = try Scratch()
    let fifo = scratch.path("fifo")
    try #require(mkfifo(fifo, 0o600) == 0)
    let (more, go) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    Thread.detachNewThread {
      let descriptor = open(fifo, O_WRONLY)
      _ = Self.pattern.withUnsafeBytes { write(descriptor, $0.baseAddress, 20) }
      more.wait()
      _ = Self.pattern.withUnsafeBytes { write(descriptor, $0.baseAddress! + 20, 10) }
      close(descriptor)
      go.signal()
    }
    var source = try ByteSource(path: fifo)
    #expect(source.bytes.byteCount == 20)
    more.signal()
    #expect(source.refill(consumed: 5) == .grew)
    #expect(source.windowOffset == 5)
    #expect(source.bytes.array == Array(Self.pattern[5..<30]))
    go.wait()
    #expect(source.refill(consumed: 25) == .ended)
  }

  @Test func windowOfAStreamHasALimit() throws {
    let scratch = try Scratch()
    try run("bash", ["-c", "head -c 40000000 /dev/zero | gzip -1 > \(scratch.path("zeros"))"])
    var source = try ByteSource(path: scratch.path("zeros"))
    var last = ByteSource.Refill.grew
    while last == .grew { last = source.refill(consumed: 0) }
    #expect(last == .full)
    #expect(source.bytes.byteCount >= 16 << 20 && source.bytes.byteCount < 17 << 20)
    #expect(source.refill(consumed: 1) == .grew)
  }
}
