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
  /// There is memory to read rings from beside what is recorded.
  private let hasBase: Bool
  private var lastPublished = ContinuousClock.now
  private var isDirty = false

  /// A screen shows nothing that is older than this while records come.
  private static var interval: Duration { .milliseconds(40) }

  /// - Parameters:
  ///   - base: memory below what the recording tells.
  ///   - hasBase: whether there is any of it.
  ///   - limit: transactions that are kept.
  public init(over base: consuming Base, hasBase: Bool, limit: Int, into feed: HistoryFeed) {
    recorder = GuestMemoryRecorder(into: OverlayMemory(on: base))
    self.hasBase = hasBase
    self.feed = feed
    let writer = HistoryWriter(limit: limit)
    self.writer = writer
    analysis.onStep = { writer.take($0) }
  }

  public func receive(_ batch: Span<Access>, payload: RawSpan) {
    for index in batch.indices {
      let access = batch[index]
      writer.begin(access)
      if access.kind == .memory { recorder.receive(access, payload: payload) }
      analysis.receive(batch.extracting(index..<index + 1), payload: payload)
      writer.end(access, payload: payload)
    }
    isDirty = true
    if ContinuousClock.now - lastPublished > Self.interval { publish() }
  }

  /// Leaves what there is for the screen, unless it has it already.
  public func publish() {
    guard isDirty || input != writer.input else { return }
    isDirty = false
    input.hasMemory = recorder.taken > 0 || hasBase
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
