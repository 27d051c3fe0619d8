import ArgumentParser
import LiveView
import Model
import Recordings

/// The work of `live`: everything that may go wrong is done before the screen is there.
struct LiveJob {
  let options: Live

  func run() throws {
    let monitor = options.source.monitor
    let samplesRings = monitor != nil && !options.noRings
    let (source, liveOptions) = try options.source.live(samplesRings: samplesRings)
    var job = try ViewJob(
      title: "live \(options.source.source)", isLive: true, options: options.options)
    // Before anything is made that must be taken away again, and before any other thread.
    StopSignals.block()
    defer { StopSignals.unblock() }
    guard source != .sysfs else { return try job.run(try SysfsDecoder(into: job.feed)) }
    let guest = try monitor.map { try GuestMonitor(path: $0, wantsMemory: samplesRings) }
    let live = try LiveRecording(source, options: liveOptions)
    job.hints += guest?.hints ?? []
    try job.run(
      LiveDecoder(
        live, guest: guest, memory: job.memory, hasMemory: job.hasMemory, hints: job.hints,
        limit: options.options.history, feed: job.feed))
  }
}
