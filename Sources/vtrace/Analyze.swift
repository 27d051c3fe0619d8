import ArgumentParser
import Model
import Policies
import Recordings
import Reports
import Rules
import VirtioSpec

/// `vtrace analyze`: the main job.
struct Analyze: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tell what devices a recording shows, and which side broke which rule.",
    discussion: """
      Reads pcapng, pcap, trace-cmd's trace.dat, ftrace text, perf script text and QEMU logs, \
      recognized by content; .gz and .zst are decompressed; - is standard input.

      Exit status: 0 clean, 1 findings at or above --fail-on, 2 an input could not be read.
      """)

  @Argument(help: "Recordings; - for standard input.", completion: .file())
  var files: [String]

  @Option(help: "How to print the report.")
  var format = FormatOption.text

  @Flag(help: "List every transaction, one a line.")
  var transactions = false

  @Flag(help: "Decode only; judge nothing.")
  var noRules = false

  @Option(help: "Judge by this version of the specification.")
  var spec = SpecVersion.latest

  @Option(help: "Exit with status 1 on findings of this severity or worse.")
  var failOn = Policy.FailLevel.error

  @OptionGroup var filtering: FilterOptions

  @OptionGroup var common: CommonOptions

  enum FormatOption: String, ExpressibleByArgument, CaseIterable {
    case text, json, jsonl
  }

  var choice: Report.Choice { Report.Choice(devices: common.devices, version: spec) }

  func run() throws {
    guard let hints = HintFiles.read(common.hints) else { throw ExitCode(2) }
    let output = Output()
    var job = AnalyzeJob(options: self, output: output, hints: hints)
    for file in files { job.analyze(file) }
    job.finish()
    output.flush()
    if let status = job.exitStatus { throw ExitCode(status) }
  }
}
