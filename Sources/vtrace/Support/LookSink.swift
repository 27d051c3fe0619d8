import LiveView
import Model
import Recordings

/// Takes what a live source brings, and between it what memory held.
protocol LookSink: AccessSink, ~Copyable {
  /// Takes one access; whoever has given several calls `flush`.
  mutating func append(_ access: Access, payload: RawSpan)
  mutating func flush()
  /// Number of the part that is being made: it has to be understood without those before it.
  var part: Int { get }
}

extension LiveRecorder: LookSink {
  var part: Int { number }
}

extension HistorySink: LookSink {
  var part: Int { 1 }
}
