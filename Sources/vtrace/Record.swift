import ArgumentParser
import Model
import Recordings

/// `vtrace record`: a running guest, or whatever a live source brings, as pcapng.
struct Record: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Record a running guest as pcapng in the vtrace encapsulation.",
    discussion: """
      SOURCE is kvm (the kernel's tracepoints, in a tracing instance of vtrace's own), \
      pcap:INTERFACE[:FILTER] (an interface of vsock monitoring), a file, a FIFO, or - for standard \
      input, of any format.

      Ends at Ctrl-C, SIGTERM or SIGHUP, when the machine's process or the pipe ends, or at one of \
      the limits. The result opens in every other command. docs/live.md says what each source shows.

      Exit status: 0 recorded, 2 the job could not be done (a right is missing, which is then named).
      """)

  @OptionGroup var source: SourceOptions

  @Option(name: .shortAndLong, help: "Where to write; - for standard output.")
  var output: String

  @Option(help: "End after this time: 30, 30s, 5m, 1h.")
  var duration: DurationOption?

  @Option(help: "End when the file has this size, or begin the next one: 500K, 20M, 1G.")
  var maxSize: SizeOption?

  @Option(help: "Keep the last N files of --max-size: FILE-00001.pcapng and so on.")
  var files: Int?

  @Flag(help: "Record what changed in the rings at each kick and interrupt (needs --qmp).")
  var snapshotRings = false

  @Option(name: .customLong("hint"), help: "Write device hints of a JSON file first; repeatable.")
  var hints: [String] = []

  @Option(help: "Name of the traced machine, kept as the interface's name.")
  var name = "vm0"

  @Flag(help: "Print neither progress nor what was recorded.")
  var quiet = false

  @Option(help: "Show progress on standard error, when it is a terminal.")
  var progress = ProgressOption.auto

  func validate() throws {
    if snapshotRings, source.monitor == nil {
      throw ValidationError("--snapshot-rings needs --qmp, which tells where memory is")
    }
    if let files {
      guard files > 0 else { throw ValidationError("--files \(files) keeps nothing") }
      guard maxSize != nil else { throw ValidationError("--files needs --max-size") }
      guard output != "-" else { throw ValidationError("standard output is no ring of files") }
    }
  }

  func run() throws {
    guard let hints = HintFiles.read(hints) else { throw ExitCode(2) }
    try RecordJob(options: self, hints: hints).run()
  }
}
