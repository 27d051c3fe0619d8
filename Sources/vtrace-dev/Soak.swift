import ArgumentParser
import Foundation

/// Feeds a `vtrace live` for a long time, and watches its memory and how soon it answers keys.
struct Soak: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Feeds vtrace live in a terminal, and measures memory and answers to keys.",
    discussion: """
      The records are those of a running virtio-mmio block device among foreign accesses, as pcapng \
      through a FIFO. An answer is the time from a key's arrival at the terminal to the output that \
      shows what came of it.
      """)

  @Option(help: "The program.")
  var program = ".build/release/vtrace"

  @Option(help: "Records a second.")
  var rate = 200_000

  @Option(help: "How long, in seconds.")
  var seconds = 1800.0

  @Option(help: "A line is printed for so many seconds.")
  var interval = 60.0

  func run() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let pipe = folder.appending(path: "fifo").path
    guard mkfifo(pipe, 0o600) == 0 else { throw SoakProblem(text: "there can be no FIFO") }
    let terminal = try SoakTerminal(program: program, arguments: ["live", pipe])
    defer { terminal.end() }
    try terminal.wait(for: "transactions")
    let feeder = SoakFeeder(path: pipe, rate: rate)
    feeder.start()
    defer { feeder.stop() }
    var total = SoakFigures()
    let start = ContinuousClock.now
    print("   time   records  records/s    RSS  answers  median     99 %      max")
    while ContinuousClock.now - start < .seconds(seconds) {
      var part = SoakFigures()
      let (begin, before) = (ContinuousClock.now, feeder.records)
      let end = begin + .seconds(min(interval, seconds))
      while ContinuousClock.now < end { part.answers.append(try terminal.press()) }
      let took = (ContinuousClock.now - begin) / .seconds(1)
      part.rate = Double(feeder.records - before) / took
      part.memory = terminal.memory
      print(part.line(at: (ContinuousClock.now - start) / .seconds(1), records: feeder.records))
      fflush(nil)
      total.add(part)
    }
    print(total.summary(over: (ContinuousClock.now - start) / .seconds(1), feeder.records))
  }
}

/// Why there can be no soak.
struct SoakProblem: Error, CustomStringConvertible {
  var text: String
  var description: String { text }
}
