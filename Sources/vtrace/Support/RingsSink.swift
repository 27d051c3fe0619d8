import Model
import Recordings
import Rules

/// Takes a recording up to a position: what the devices are, and what memory holds.
struct RingsSink: AccessSink, ~Copyable {
  var analysis = Analysis()
  private var recorder: GuestMemoryRecorder<CombinedMemory>
  /// A time is counted from the first record, as the other commands print it, unless it is one of the
  /// recording's own clock.
  private var end: RecordingPosition?
  /// The last record that was taken.
  private(set) var last = RecordReference.none

  init(over base: CombinedMemory, upTo end: RecordingPosition?, hints: [DeviceHint]) {
    recorder = GuestMemoryRecorder(into: OverlayMemory(on: base))
    self.end = end
    analysis.judges = false
    for hint in hints { analysis.take(hint) }
  }

  /// Memory as it was after the last record that was taken.
  var memory: OverlayMemory<CombinedMemory> {
    _read { yield recorder.memory }
  }

  mutating func receive(_ batch: Span<Access>, payload: RawSpan) {
    if !last.isSet, batch.count > 0, case .time(let time)? = end, time < batch[0].time {
      end = .time(batch[0].time &+ time)
    }
    var count = 0
    while count < batch.count, !isPast(batch[count]) { count += 1 }
    guard count > 0 else { return }
    last = RecordReference(batch[count - 1])
    recorder.receive(batch.extracting(0..<count), payload: payload)
    analysis.receive(batch.extracting(0..<count), payload: payload)
  }

  private func isPast(_ access: Access) -> Bool {
    switch end {
    case .record(let last): access.record > last
    case .time(let last): access.time > last
    case nil: false
    }
  }
}
