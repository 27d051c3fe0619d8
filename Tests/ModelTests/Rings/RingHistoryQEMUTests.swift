import Foundation
import Testing

@testable import Model

/// The ring history against what QEMU itself logged of the same run when it took, filled and
/// published chains: number and lengths agree, queue by queue.
@Suite struct RingHistoryQEMUTests {
  static let names = RingHistoryOracleTests.names

  /// What happened in one queue, in order: buffers of each chain, lengths of the used ones, and how
  /// many were published.
  struct Work: Equatable, Comparable {
    var taken: [String] = []
    var filled: [Int] = []
    var published = 0

    static func < (a: Work, b: Work) -> Bool { a.order < b.order }
    private var order: String { "\(taken.count) \(taken) \(filled)" }
  }

  /// QEMU's word on each queue, which it names by a handle.
  static func logged(_ name: Substring) throws -> [Work] {
    var result: [String: Work] = [:]
    for line in try Fixture.lines("\(name).log") {
      guard let event = line.split(separator: ":").dropFirst().first else { continue }
      let words = event.split(separator: " ").map(String.init)
      func value(_ key: String) -> String {
        words.firstIndex(of: key).map { words[$0 + 1] } ?? ""
      }
      guard let kind = words.first, kind.hasPrefix("virtqueue_") else { continue }
      var work = result[value("vq")] ?? Work()
      switch kind {
      case "virtqueue_pop": work.taken.append("w\(value("in_num")) r\(value("out_num"))")
      case "virtqueue_fill": work.filled.append(Int(value("len")) ?? -1)
      case "virtqueue_flush": work.published += Int(value("count")) ?? 0
      default: break
      }
      result[value("vq")] = work
    }
    return Array(result.values)
  }

  static func seen(_ name: Substring) throws -> [Work] {
    final class Box: @unchecked Sendable { var work: [Int32: Work] = [:] }
    let box = Box()
    _ = try Recorded("\(name).pcapng") { step, device in
      var work = box.work[step.queue] ?? Work()
      switch step.kind {
      case .bufferAvailable:
        let facts = device.current.told.facts
        work.taken.append("w\(facts.writableCount) r\(facts.readableCount)")
      case .bufferUsed: work.filled.append(Int(step.index))
      case .usedIndex:
        let old = device.current.ring(step.queue)?.usedIndex ?? 0
        work.published += Int(UInt16(truncatingIfNeeded: step.value) &- old)
      default: return
      }
      box.work[step.queue] = work
    }
    return Array(box.work.values)
  }

  @Test(arguments: names)
  func agreesWithTheDevicesLog(_ name: Substring) throws {
    let logged = try Self.logged(name).sorted()
    var seen = try Self.seen(name).sorted()
    try #require(logged.count == seen.count && !logged.isEmpty)
    for (place, work) in logged.enumerated() {
      // What stands available at the end was not taken yet.
      let untaken = seen[place].taken.count - work.taken.count
      #expect(untaken >= 0)
      seen[place].taken.removeLast(max(untaken, 0))
      #expect(seen[place] == work)
    }
  }
}
