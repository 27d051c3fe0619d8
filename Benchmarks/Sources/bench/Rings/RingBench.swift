import CRingWalk
import Foundation
import Model
import Recordings

/// Measures the walk over full rings against the same walk in C, over the same bytes.
///
///     bench rings [ROUNDS [RUNS]]
struct RingBench {
  let rings: MadeRings
  let memory: CombinedMemory

  /// As many queues are walked in turn as stay in a second-level cache.
  private static let queues = 16

  init(_ rings: MadeRings) throws {
    self.rings = rings
    let path = FileManager.default.temporaryDirectory.appending(path: "rings-\(UUID().uuidString)")
      .path
    try Data(rings.bytes).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    memory = try CombinedMemory([
      .file(path: path, offset: 0, address: MadeRings.start, length: nil)
    ])
  }

  static func run(rounds: Int, runs: Int) throws {
    print("\(rounds) full rings of 256 entries, vtrace against C, median of \(runs)")
    for packed in [false, true] {
      for shape in MadeRings.Shape.allCases {
        try checkFaults(shape, packed: packed)
        let bench = try RingBench(MadeRings(shape, packed: packed, count: queues, seed: 42))
        bench.compare(rounds: rounds, runs: runs)
      }
    }
  }

  /// Only vtrace's walks, for a counter of allocations or a profiler.
  static func walkOnly(rounds: Int) throws {
    for packed in [false, true] {
      for shape in MadeRings.Shape.allCases {
        let bench = try RingBench(MadeRings(shape, packed: packed, count: queues, seed: 42))
        print(bench.walk(rounds))
      }
    }
  }

  /// Both walks make the same of broken rings too, so that neither left a check out.
  private static func checkFaults(_ shape: MadeRings.Shape, packed: Bool) throws {
    var rings = MadeRings(shape, packed: packed, count: 512, seed: 7)
    for _ in 0..<3 {
      rings.damage(4000)
      let bench = try RingBench(rings)
      guard bench.walk(rings.count) == bench.peer(rings.count) else {
        print("the walks differ on broken rings: \(bench.name)")
        exit(1)
      }
    }
  }

  private var name: String { "\(rings.isPacked ? "packed" : "split"), \(rings.shape.rawValue)" }

  private func compare(rounds: Int, runs: Int) {
    var ratios: [(ratio: Double, mine: Double, peer: Double)] = []
    for _ in 0..<runs {
      let mine = Self.time { walk(rounds) }
      let peer = Self.time { self.peer(rounds) }
      guard mine.sum == peer.sum else {
        print("the checksums differ: \(name)")
        exit(1)
      }
      ratios.append((mine.seconds / peer.seconds, mine.seconds, peer.seconds))
    }
    ratios.sort { $0.ratio < $1.ratio }
    let median = ratios[runs / 2]
    let each = { (seconds: Double) in String(format: "%.2f µs", seconds / Double(rounds) * 1e6) }
    print(
      "\(name): \(each(median.mine)) a ring, C \(each(median.peer)), ratio "
        + String(format: "%.2f", median.ratio)
        + String(format: " (%.2f to %.2f)", ratios[0].ratio, ratios[runs - 1].ratio)
        + " (target: at most 3)")
  }

  private static func time(_ body: () -> UInt64) -> (sum: UInt64, seconds: Double) {
    let start = ContinuousClock.now
    let sum = body()
    let took = (ContinuousClock.now - start).components
    return (sum, Double(took.seconds) + Double(took.attoseconds) / 1e18)
  }

  private func walk(_ rounds: Int) -> UInt64 {
    var sum = RingChecksum(1)
    for round in 0..<rounds {
      let queue = round % rings.count
      var layout = QueueLayout(
        size: UInt32(MadeRings.size), descriptors: rings.descriptors(queue),
        driverArea: rings.driverArea(queue), deviceArea: rings.deviceArea(queue))
      layout.isPacked = rings.isPacked
      if rings.isPacked {
        PackedQueueView(layout, in: memory)?.walkPending(
          in: memory, buffers: { sum.take($0) }, fault: { sum.take($0, $1) })
      } else {
        SplitQueueView(layout, in: memory)?.walkPending(
          in: memory, buffers: { sum.take($0) }, fault: { sum.take($0, $1) })
      }
    }
    return sum.value
  }

  private func peer(_ rounds: Int) -> UInt64 {
    rings.bytes.withUnsafeBufferPointer { bytes in
      var memory = ring_memory(
        bytes: bytes.baseAddress, start: MadeRings.start, size: UInt64(bytes.count))
      var sum: UInt64 = 1
      for round in 0..<rounds {
        let queue = round % rings.count
        var layout = ring_layout(
          size: UInt32(MadeRings.size), descriptors: rings.descriptors(queue),
          driver_area: rings.driverArea(queue), device_area: rings.deviceArea(queue),
          allows_indirect: true, in_order: false)
        sum =
          rings.isPacked
          ? ring_walk_packed(&memory, &layout, sum) : ring_walk_split(&memory, &layout, sum)
      }
      return sum
    }
  }
}
