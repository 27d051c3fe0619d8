import Foundation
import Recordings
import TraceKit

/// All cases of one recording: what a process of `vtrace-dev damage` does.
struct DamageTrial {
  /// A case that takes longer hangs.
  static let secondsPerCase: UInt32 = 20
  /// KiB that may be used beyond the input.
  static let memoryLimit = 64 << 10
  /// Cases between two looks at the memory.
  private static let memoryStride = 20
  /// Failures that are told in full.
  private static let failureLimit = 10

  let only: Int?
  private let bytes: [UInt8]
  /// Bytes when decompressed, which is what a case takes its time for.
  private let contentCount: Int
  private let seed: UInt64
  private let check: DamageCheck
  private let state: UnsafeMutablePointer<FILE>?
  private var memory = DamageMemory()
  private var number = 0
  private(set) var result: DamageResult

  var failures: [String] { result.failures }

  init(path: String, form: DamageForm, seed: UInt64, only: Int?, state: String?) throws {
    let given = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    let content = try Decompressed.bytes(of: path)
    contentCount = content.count
    bytes = form == .given ? given : content
    self.seed = seed
    self.only = only
    self.state = state.flatMap { fopen($0, "w") }
    check = DamageCheck(bytes)
    result = DamageResult(name: "\(path) (\(form.rawValue))")
  }

  /// Changes that every input gets.
  private static var changes: Int { 2000 }

  /// Cases that the changes are spread over: one each, and several together where a case takes long
  /// because it reads much.
  private var cases: Int {
    let size = max(contentCount, check.whole.prints.prints.count * 40)
    return size <= 1 << 20 ? Self.changes : max(Self.changes * (1 << 20) / size, 100)
  }

  mutating func run() throws {
    let start = Self.processorTime
    memory.begin()
    let (bytes, check) = (bytes, check)
    forEachCut(of: bytes) { cut in
      runCase(cut) { check.judge(cut: $0, at: cut.count) }
    }
    let together = (Self.changes + cases - 1) / cases
    forEachMutation(of: bytes, count: cases, together: together, seed: seed) { damaged, place in
      runCase(damaged) { check.judge(changed: $0, at: place) }
    }
    lookAtMemory()
    result.cases = number
    result.seconds = Self.processorTime - start
  }

  private mutating func runCase(_ damaged: [UInt8], _ judge: (WholeReading) -> String?) {
    defer { number += 1 }
    if let only, only != number { return }
    if let state {
      rewind(state)
      fputs("\(number)          ", state)
      fflush(state)
    }
    alarm(Self.secondsPerCase)
    let start = Self.processorTime
    let reading = WholeReading(damaged, listing: number % 64 == 0)
    let seconds = Self.processorTime - start
    if seconds > result.slowest {
      result.slowest = seconds
      result.slowestCase = number
    }
    alarm(0)
    if let fault = reportFault(reading) ?? judge(reading) { fail(fault) }
    if number % Self.memoryStride == 0 { lookAtMemory() }
  }

  /// What is wrong with the reports, nil when nothing is.
  private func reportFault(_ reading: WholeReading) -> String? {
    guard reading.summary != nil else { return nil }
    if reading.text.isEmpty { return "the report is empty" }
    guard number % 64 == 0 else { return nil }
    let object = try? JSONSerialization.jsonObject(with: Data(reading.json.utf8))
    return object == nil ? "the report is no JSON" : nil
  }

  private mutating func lookAtMemory() {
    // The damaged copy of the input is there, and what a decompressed input was spooled to.
    let copies = (bytes.count * 2) >> 10
    let used = max(memory.peak - copies, 0)
    result.peak = max(result.peak, used)
    if used > Self.memoryLimit {
      fail("uses \(used) KiB, in this case or the \(Self.memoryStride) before")
    }
    memory.begin()
  }

  private mutating func fail(_ text: String) {
    guard result.failures.count < Self.failureLimit else { return }
    result.failures.append("  case \(number): \(text)")
  }

  private static var processorTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// What a compressed file holds.
enum Decompressed {
  static func bytes(of path: String) throws -> [UInt8] {
    var source = try ByteSource(path: path)
    var all: [UInt8] = []
    var filled = ByteSource.Refill.grew
    while filled == .grew {
      let count = source.bytes.byteCount
      source.bytes.withUnsafeBytes { all.append(contentsOf: $0) }
      filled = source.refill(consumed: count)
    }
    return all
  }
}
