import ArgumentParser
import Model
import Recordings

/// The work of `record`.
struct RecordJob {
  private let options: Record
  private let hints: [DeviceHint]

  init(options: Record, hints: [DeviceHint]) {
    self.options = options
    self.hints = hints
  }

  func run() throws {
    let (source, liveOptions) = try options.source.live(samplesRings: options.snapshotRings)
    let guest = try options.source.monitor.map {
      try GuestMonitor(path: $0, wantsMemory: options.snapshotRings)
    }
    let hints = hints + (guest?.hints ?? [])
    // Before anything is made that must be taken away again, and before any other thread.
    StopSignals.block()
    let live = try LiveRecording(source, options: liveOptions)
    let recorder = try LiveRecorder(files(hints), control: live.control)
    let sampler = guest?.memory.map {
      RingSampler(memory: $0, devices: guest?.devices ?? [], hints: hints)
    }
    var sink = SampledSink(recorder, sampler: sampler) { live.now }
    let progress = LiveProgress(
      live.control, isOn: options.progress == .auto && !options.quiet)
    let signals = StopSignals(
      live.control, after: options.duration?.duration, tick: { progress.report() })
    if !options.quiet {
      StandardError.write(
        "vtrace: recording \(source.name) to \(options.output)\n", within: Self.patience)
    }
    let result = Result { try live.read(into: &sink) }
    signals.finish()
    progress.clear()
    sink.finish()
    try sink.base.finish()
    // From here on a signal ends the program at once.
    StopSignals.unblock()
    let summary = try result.get()
    if !options.quiet { tell(summary, sink, signals.hasCome) }
  }

  /// How long a terminal may take a message, in milliseconds, where the recording must not wait.
  private static var patience: Int { 1000 }

  private func files(_ hints: [DeviceHint]) -> LiveRecorder.Options {
    var files = LiveRecorder.Options(path: options.output)
    files.name = options.name
    files.maximumSize = options.maxSize?.bytes
    files.files = options.files
    files.hints = hints
    return files
  }

  /// Says on standard error what was recorded.
  private func tell(
    _ summary: InputSummary, _ sink: borrowing SampledSink<LiveRecorder>, _ mustEnd: Bool
  ) {
    var message = ""
    for problem in summary.problems {
      let place = summary.placesAreLines ? "line" : "offset"
      message += "vtrace: \(options.source.source): \(place) \(problem.place): \(problem.text)\n"
    }
    let lost =
      summary.lostUnknown ? "events lost, nobody knows how many" : "\(summary.lost) lost"
    var text = "vtrace: \(summary.records) records, \(lost); "
    if options.snapshotRings {
      text += "\(sink.looks) looks at rings, \(sink.missed) missed; "
    }
    message += text + "\(sink.base.bytes) bytes written to \(options.output)\n"
    if mustEnd {
      StandardError.write(message, within: Self.patience)
    } else {
      StandardError.write(message)
    }
  }
}
