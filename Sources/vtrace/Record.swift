import ArgumentParser
import Model
import Recordings

/// `vtrace record`: a running guest, or whatever a live source brings, as pcapng.
struct Record: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Record a running guest as pcapng in the vtrace encapsulation.",
    discussion: """
      SOURCE is kvm (the kernel's tracepoints, in a tracing instance of vtrace's own), a file, a \
      FIFO, or - for standard input, of any format.

      Ends at Ctrl-C, SIGTERM or SIGHUP, when the machine's process or the pipe ends, or at one of \
      the limits. The result opens in every other command. docs/live.md says what each source shows.

      Exit status: 0 recorded, 2 the job could not be done (a right is missing, which is then named).
      """)

  @Argument(help: "kvm, a file or FIFO, or -.")
  var source: String

  @Option(name: .shortAndLong, help: "Where to write; - for standard output.")
  var output: String

  @Flag(help: "Read a regular file on as it grows.")
  var follow = false

  @Option(
    name: .customLong("pid"),
    help: "kvm: the process of the machine; without it the only one that has /dev/kvm open.")
  var process: Int32?

  @Option(name: .customLong("buffer"), help: "kvm: room for events of each CPU, in KiB.")
  var bufferSize = 4096

  @Option(help: "End after this time: 30, 30s, 5m, 1h.")
  var duration: DurationOption?

  @Option(help: "End when the file has this size, or begin the next one: 500K, 20M, 1G.")
  var maxSize: SizeOption?

  @Option(help: "Keep the last N files of --max-size: FILE-00001.pcapng and so on.")
  var files: Int?

  @Option(
    name: .customLong("qmp"),
    help: """
      The QMP unix socket of the guest's QEMU, which tells where its devices are and where memory \
      is; it is asked once, at the beginning.
      """)
  var monitor: String?

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
    do throws(LiveSource.Problem) {
      _ = try LiveSource.parse(source, follows: follow)
    } catch {
      throw ValidationError("\(error)")
    }
    if process != nil || bufferSize != 4096, source != "kvm" {
      throw ValidationError("--pid and --buffer belong to the source kvm")
    }
    if snapshotRings, monitor == nil {
      throw ValidationError("--snapshot-rings needs --qmp, which tells where memory is")
    }
    guard 8...(1 << 22) ~= bufferSize else {
      throw ValidationError("--buffer \(bufferSize) is not between 8 and 4194304")
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
