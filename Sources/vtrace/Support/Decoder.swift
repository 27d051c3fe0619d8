import LiveView
import Model
import Recordings
import Rules

/// Reads a source to its end on a thread of its own, and leaves snapshots for the screen.
///
/// Vouched for as `@unchecked Sendable`: after it is made, only the thread that runs it uses it.
final class Decoder: Decoding, @unchecked Sendable {
  private let source: OpenedSource
  private let sink: HistorySink<CombinedMemory>

  init(
    source: OpenedSource, memory: CombinedMemory, hasMemory: Bool, hints: [DeviceHint], limit: Int,
    feed: HistoryFeed
  ) {
    self.source = source
    sink = HistorySink(over: memory, hasMemory ? .dump : .none, limit: limit, into: feed)
    sink.input.total = source.size
    for hint in hints { sink.analysis.take(hint) }
  }

  func stop() {}

  func run() {
    var sink = sink
    let shared = sink
    do throws(RecordingError) {
      let summary = try source.read(
        into: &sink,
        onProgress: { done in
          shared.input.done = done
          shared.publish()
        },
        onRecognized: { shared.input.placesAreLines = $0 })
      shared.input.take(summary)
    } catch {
      shared.input.problems = [error.description]
    }
    shared.finish()
  }
}

extension InputState {
  /// Takes what is known of an input when it was read.
  mutating func take(_ summary: InputSummary) {
    lost = max(lost, summary.lost)
    isLostUnknown = isLostUnknown || summary.lostUnknown
    problems = summary.problems.map { problem in
      "\(summary.placesAreLines ? "line" : "offset") \(problem.place): \(problem.text)"
    }
  }
}
