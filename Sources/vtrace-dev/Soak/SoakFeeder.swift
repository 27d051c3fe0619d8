import Foundation
import Model
import Recordings
import Synchronization
import TraceKit

/// Writes records into a pipe, as many a second as are asked for, from a thread of its own.
final class SoakFeeder: Sendable {
  private let path: String
  private let rate: Int
  private let written = Atomic<UInt64>(0)
  private let isStopped = Atomic<Bool>(false)

  init(path: String, rate: Int) {
    self.path = path
    self.rate = rate
  }

  /// Records that were written.
  var records: UInt64 { written.load(ordering: .relaxed) }

  func start() {
    // A reader that ends is an error of writing.
    signal(SIGPIPE, SIG_IGN)
    Thread.detachNewThread { [self] in
      do { try feed() } catch { FileHandle.standardError.write(Data("soak: \(error)\n".utf8)) }
    }
  }

  func stop() { isStopped.store(true, ordering: .relaxed) }

  private func feed() throws {
    var traffic = Traffic(seed: 42, spacing: Int64(500_000_000 / max(rate, 1)))
    var writer = try PcapngWriter(path: path, interface: "soak")
    var batch: [Access] = []
    let start = ContinuousClock.now
    while !isStopped.load(ordering: .relaxed) {
      let due = UInt64((ContinuousClock.now - start) / .seconds(1) * Double(rate))
      batch.removeAll(keepingCapacity: true)
      // What a full pipe held up is made up for, a second's worth at once at most.
      for _ in 0..<min(due &- min(records, due), UInt64(rate)) { batch.append(traffic.step()) }
      writer.receive(batch.span, payload: RawSpan())
      written.add(UInt64(batch.count), ordering: .relaxed)
      Thread.sleep(forTimeInterval: 0.005)
    }
    try writer.finish()
  }
}
