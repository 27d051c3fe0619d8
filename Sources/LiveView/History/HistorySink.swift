public import Model
import Reports
public import Rules

/// Takes the accesses of a recording through the analysis into a history that a screen can watch.
///
/// Publishes when there is something new and the last time is long enough ago, and whenever the
/// reader is about to wait for its source (`publish`). A class, because the source says by a closure
/// that it is going to wait. Used by one thread.
public final class HistorySink<Base: GuestMemory & ~Copyable>: AccessSink {
  public var analysis = Analysis()
  public var input = InputState()
  private var recorder: GuestMemoryRecorder<Base>
  private let writer: HistoryWriter
  private let feed: HistoryFeed
  private let base: BaseMemory
  private var lastPublished = ContinuousClock.now
  private var ringsRead = ContinuousClock.now
  private var isDirty = false

  /// A screen shows nothing that is older than this while records come.
  private static var interval: Duration { .milliseconds(40) }
  /// How often rings of a guest that runs are read, whatever is told of them.
  private static var ringInterval: Duration { .milliseconds(100) }

  /// - Parameters:
  ///   - memory: what lies below the memory that the recording tells of.
  ///   - base: what that is.
  ///   - limit: transactions that are kept.
  public init(
    over memory: consuming Base, _ base: BaseMemory, limit: Int, into feed: HistoryFeed
  ) {
    recorder = GuestMemoryRecorder(into: OverlayMemory(on: memory))
    self.base = base
    self.feed = feed
    let writer = HistoryWriter(limit: limit, base: base)
    self.writer = writer
    analysis.onStep = { writer.take($0) }
  }

  public func receive(_ batch: Span<Access>, payload: RawSpan) {
    for index in batch.indices {
      take(batch[index], batch.extracting(index..<index + 1), payload: payload)
    }
    flush()
  }

  /// Takes one access; whoever has given several calls `flush`.
  public func append(_ access: Access, payload: RawSpan) {
    let batch = InlineArray<1, Access>(repeating: access)
    take(access, batch.span, payload: payload)
  }

  private func take(_ access: Access, _ batch: Span<Access>, payload: RawSpan) {
    writer.begin(access)
    switch access.kind {
    case .memory where !base.isRunning: recorder.receive(access, payload: payload)
    case .lostEvents:
      input.lost &+= UInt64(access.code)
      if access.code == 0 { input.isLostUnknown = true }
    default: break
    }
    let foreign = analysis.foreign
    analysis.receive(batch, payload: payload)
    writer.end(access, payload: payload, isForeign: analysis.foreign != foreign)
  }

  /// Leaves what there is for the screen, when that has waited long enough.
  public func flush() {
    isDirty = true
    if ContinuousClock.now - lastPublished > Self.interval { publish() }
  }

  /// Leaves what there is for the screen, unless it has it already.
  public func publish() {
    if base.isRunning, !input.hasEnded, ContinuousClock.now - ringsRead > Self.ringInterval {
      ringsRead = .now
      isDirty = true
      writer.touchAll()
    }
    guard isDirty || input != writer.input else { return }
    isDirty = false
    if case .none = base { input.hasMemory = recorder.taken > 0 } else { input.hasMemory = true }
    writer.input = input
    writer.takeDevices(
      analysis, memory: recorder.memory, readsRings: input.hasMemory)
    feed.publish(writer.snapshot(analysis))
    lastPublished = .now
  }

  /// Ends the recording.
  public func finish() {
    analysis.finish()
    input.hasEnded = true
    isDirty = true
    writer.touchAll()
    publish()
  }
}
