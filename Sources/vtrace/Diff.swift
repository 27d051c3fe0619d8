import ArgumentParser
import Comparison
import Reports
import VirtioSpec

/// `vtrace diff`: where two recordings part.
struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show where two recordings of the same device part.",
    discussion: """
      Aligns the devices of two recordings, of each its lives from reset to reset, and of each life \
      its steps, and shows the first difference with what is around it, and what else differs. \
      Addresses, times, how often something was asked and how much was transferred are no \
      difference; docs/diff.md says what is.

      Exit status: 0 no difference, 1 they differ, 2 an input could not be read.
      """)

  @Argument(help: "The recording that is as it should be; - for standard input.")
  var good: String

  @Argument(help: "The recording that is not; - for standard input.")
  var bad: String

  @Option(help: "How to print the report.")
  var format = FormatOption.text

  @Flag(help: "Show every difference with what is around it, not only the first of a device.")
  var all = false

  @Option(help: "Steps to show before and after a difference.")
  var context = 3

  @Option(
    help: ArgumentHelp(
      "Devices that belong together, by their ids; repeatable.", valueName: "good=bad"))
  var pair: [PairOption] = []

  @Option(help: "Judge findings by this version of the specification.")
  var spec = SpecVersion.latest

  @Option(
    name: .customLong("hint-good"),
    help: "Read device hints for GOOD alone from a JSON file; repeatable.")
  var goodHints: [String] = []

  @Option(
    name: .customLong("hint-bad"),
    help: "Read device hints for BAD alone from a JSON file; repeatable.")
  var badHints: [String] = []

  @OptionGroup var filtering: FilterOptions

  @OptionGroup var common: CommonOptions

  enum FormatOption: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  func validate() throws {
    if good == "-", bad == "-" {
      throw ValidationError("only one of the two recordings can be standard input")
    }
    guard 0...1000 ~= context else {
      throw ValidationError("--context is a number from 0 to 1000")
    }
  }

  func run() throws {
    let job = DiffJob(options: self)
    let (report, isDamaged) = try job.report()
    let output = Output()
    switch format {
    case .text: output.write(report.text(Terminal.style(common.color), quiet: common.quiet))
    case .json: output.write(report.json)
    }
    output.flush()
    if common.strictInput, isDamaged { throw ExitCode(2) }
    if report.status != 0 { throw ExitCode(report.status) }
  }
}
