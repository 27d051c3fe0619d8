import LiveView
import Model
import Recordings
import Rules

/// Reads a source to its end on a thread of its own, and leaves snapshots for the screen.
///
/// Vouched for as `@unchecked Sendable`: after it is made, only the thread that runs it uses it.
final class Decoder: @unchecked Sendable {
  private let source: OpenedSource
  private let sink: HistorySink<CombinedMemory>

  init(
    source: OpenedSource, memory: CombinedMemory, hasMemory: Bool, hints: [DeviceHint], limit: Int,
    feed: HistoryFeed
  ) {
    self.source = source
    sink = HistorySink(over: memory, hasBase: hasMemory, limit: limit, into: feed)
    sink.input.total = source.size
    for hint in hints { sink.analysis.take(hint) }
  }

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
      shared.input.lost = summary.lost
      shared.input.problems = summary.problems.map { problem in
        "\(summary.placesAreLines ? "line" : "offset") \(problem.place): \(problem.text)"
      }
    } catch {
      shared.input.problems = [error.description]
    }
    shared.finish()
  }
}
