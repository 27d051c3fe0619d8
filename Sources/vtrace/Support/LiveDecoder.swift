import LiveView
import Model
import Recordings
import Rules

/// Reads a live source on a thread of its own, and leaves snapshots for the screen.
///
/// Vouched for as `@unchecked Sendable`: after it is made, only the thread that runs it uses it, but for
/// `control`, which is `Sendable`.
final class LiveDecoder: Decoding, @unchecked Sendable {
  private let control: LiveControl
  private var live: LiveRecording?
  private let sink: HistorySink<CombinedMemory>
  private let sampler: RingSampler?

  var mustEnd: Bool { true }

  /// - Parameter guest: what its monitor told, nil where nobody was asked.
  init(
    _ live: LiveRecording, guest: GuestMonitor?, memory: CombinedMemory, hasMemory: Bool,
    hints: [DeviceHint], limit: Int, feed: HistoryFeed
  ) {
    self.live = live
    control = live.control
    sampler = guest?.memory.map {
      RingSampler(memory: $0, devices: guest?.devices ?? [], hints: hints)
    }
    if let running = guest?.memory {
      sink = HistorySink(over: running, .running(guest?.queues ?? [:]), limit: limit, into: feed)
    } else {
      sink = HistorySink(over: memory, hasMemory ? .dump : .none, limit: limit, into: feed)
    }
    for hint in hints { sink.analysis.take(hint) }
  }

  func stop() { control.stop() }

  func run() {
    guard let live else { return }
    var sampled = SampledSink(sink, sampler: sampler) { live.now }
    live.onProgress = { [sink] _ in sink.publish() }
    do throws(RecordingError) {
      let summary = try live.read(
        into: &sampled, onRecognized: { [sink] in sink.input.placesAreLines = $0 })
      sampled.finish()
      sink.input.take(summary)
    } catch {
      sink.input.problems = [error.description]
    }
    sink.finish()
    // What the source made is taken away by this thread, before anybody waits no longer for it.
    self.live = nil
  }
}
