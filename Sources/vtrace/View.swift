import ArgumentParser
import LiveView
import Recordings

/// `vtrace view`: a recording on the screen.
struct View: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look at a recording in the terminal: devices, transactions, rings, findings.",
    discussion: """
      The screen is there at once and fills while the recording is read. ? shows the keys.
      """)

  @Argument(help: "The recording; - for standard input.", completion: .file())
  var file: String

  @OptionGroup var options: ViewOptions

  func run() throws {
    let job = try ViewJob(title: "view \(file)", isLive: file == "-", options: options)
    try job.run(
      Decoder(
        source: OpenedSource(path: file), memory: job.memory, hasMemory: job.hasMemory,
        hints: job.hints, limit: options.history, feed: job.feed))
  }
}
