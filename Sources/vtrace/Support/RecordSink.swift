import Model
import Recordings

/// Writes what a live source brings, and between it what memory held at the time.
struct RecordSink: LiveSink, ~Copyable {
  var recorder: LiveRecorder
  private(set) var sampler: RingSampler?
  /// The source's clock; nil where only the source's records tell the time.
  private let now: () -> Int64?
  /// Looks at memory that are newer than the accesses that came so far.
  private var waiting: [MemoryLook] = []
  private var file = 1
  /// Looks that were written.
  private(set) var looks: UInt64 = 0

  /// Looks at queues that gave nothing.
  var missed: UInt64 { sampler?.missed ?? 0 }

  private static var waitLimit: Int { 4096 }

  init(_ recorder: consuming LiveRecorder, sampler: RingSampler?, now: @escaping () -> Int64?) {
    self.recorder = recorder
    self.sampler = sampler
    self.now = now
  }

  mutating func receive(_ batch: Span<Access>, payload: RawSpan) {
    guard sampler != nil, batch.count > 0 else { return recorder.receive(batch, payload: payload) }
    for index in batch.indices {
      while let first = waiting.first, first.time < batch[index].time { write(first) }
      recorder.append(batch[index], payload: payload)
    }
    sampler?.receive(batch, payload: payload)
    if recorder.number != file {
      // What the former files hold is not in this one.
      file = recorder.number
      sampler?.forget()
    }
    // Where the source has no clock, memory is as new as what was read last.
    let time = now()
    if let look = sampler?.look(at: time ?? batch[batch.count - 1].time) { waiting.append(look) }
    while let first = waiting.first, time == nil || waiting.count > Self.waitLimit { write(first) }
    recorder.flush()
  }

  mutating func settle(upTo time: Int64) {
    guard !waiting.isEmpty else { return }
    while let first = waiting.first, first.time <= time { write(first) }
    recorder.flush()
  }

  private mutating func write(_ look: MemoryLook) {
    recorder.write(look)
    looks &+= 1
    waiting.removeFirst()
  }

  /// Writes what waits, and ends the last file.
  mutating func finish() throws(RecordingError) {
    while let first = waiting.first { write(first) }
    try recorder.finish()
  }
}
