import Model
import Recordings
import Wire

/// Hands on what a live source brings, and between it what memory held at the time, numbered as they
/// then stand in a file.
struct SampledSink<Base: LookSink & ~Copyable>: LiveSink, ~Copyable {
  var base: Base
  private(set) var sampler: RingSampler?
  /// The source's clock; nil where only the source's records tell the time.
  private let now: () -> Int64?
  /// Looks at memory that are newer than the accesses that came so far.
  private var waiting: [MemoryLook] = []
  private var part = 1
  private var record: UInt64
  /// Looks that were handed on.
  private(set) var looks: UInt64 = 0

  /// Looks at queues that gave nothing.
  var missed: UInt64 { sampler?.missed ?? 0 }

  private static var waitLimit: Int { 4096 }

  /// - Parameters:
  ///   - base: what takes it all.
  ///   - sampler: looks at memory; nil for nobody.
  ///   - former: records that stand before the first access.
  ///   - now: tells the source's time.
  init(
    _ base: consuming Base, sampler: RingSampler?, after former: Int = 0,
    now: @escaping () -> Int64?
  ) {
    self.base = base
    self.sampler = sampler
    self.now = now
    record = UInt64(former)
  }

  mutating func receive(_ batch: Span<Access>, payload: RawSpan) {
    guard sampler != nil, batch.count > 0 else { return base.receive(batch, payload: payload) }
    for index in batch.indices {
      while let first = waiting.first, first.time < batch[index].time { write(first) }
      append(batch[index], payload: payload)
    }
    sampler?.receive(batch, payload: payload)
    if base.part != part {
      // What the former files hold is not in this one.
      part = base.part
      sampler?.forget()
    }
    // Where the source has no clock, memory is as new as what was read last.
    let time = now()
    if let look = sampler?.look(at: time ?? batch[batch.count - 1].time) { waiting.append(look) }
    while let first = waiting.first, time == nil || waiting.count > Self.waitLimit { write(first) }
    base.flush()
  }

  mutating func settle(upTo time: Int64) {
    guard !waiting.isEmpty else { return }
    while let first = waiting.first, first.time <= time { write(first) }
    base.flush()
  }

  private mutating func write(_ look: MemoryLook) {
    for piece in look.pieces {
      append(look.access(of: piece), payload: piece.bytes.rawBytes)
    }
    looks &+= 1
    waiting.removeFirst()
  }

  private mutating func append(_ access: Access, payload: RawSpan) {
    record &+= 1
    var access = access
    access.record = record
    base.append(access, payload: payload)
  }

  /// Hands on what waits.
  mutating func finish() {
    while let first = waiting.first { write(first) }
    base.flush()
  }
}
