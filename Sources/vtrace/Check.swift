import ArgumentParser
import Policies
import PolicyFiles
import Recordings
import VirtioSpec

/// `vtrace check`: the analysis as a gate for continuous integration.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check recordings against a policy, for continuous integration.",
    discussion: """
      Takes recordings and folders of them, analyzes several at once, and prints one line a file \
      with what is new in it. The policy is .vtrace.yml in the working directory or the nearest \
      folder above it; docs/check.md describes it.

      Exit status: 0 clean, 1 findings at or above --fail-on, 2 an input could not be read or the \
      policy is wrong.
      """)

  @Argument(help: "Recordings and folders; - for standard input.", completion: .file())
  var paths: [String]

  @Option(help: "How to print the report.")
  var format = CheckFormat.text

  @Option(
    name: .customLong("output"),
    help: ArgumentHelp(
      "Write the report to a file as well; repeatable, so that one run serves all.",
      valueName: "format=file"))
  var outputs: [CheckOutput] = []

  @Option(help: "The policy to follow, in place of the nearest .vtrace.yml.")
  var config: String?

  @Flag(help: "Follow no policy.")
  var noConfig = false

  @Option(help: "Accept the findings that this file lists; only others are new.")
  var baseline: String?

  @Flag(help: "Write all that is found now to the baseline's file, and accept it.")
  var writeBaseline = false

  @Option(help: "Judge by this version of the specification. (default: the policy's, or 1.4)")
  var spec: SpecVersion?

  @Option(
    help: """
      Exit with status 1 on findings of this severity or worse. (default: the policy's, or error)
      """)
  var failOn: Policy.FailLevel?

  @Option(help: "Recordings to analyze at once. (default: one for each processor)")
  var jobs: Int?

  @OptionGroup var filtering: FilterOptions

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if writeBaseline, filtering.filter != nil {
      throw ValidationError("--write-baseline and --filter exclude each other")
    }
    if let jobs, !(1...256 ~= jobs) { throw ValidationError("--jobs is between 1 and 256") }
    if config != nil, noConfig {
      throw ValidationError("--config and --no-config exclude each other")
    }
    var known: Set<String> = []
    for output in outputs where !known.insert(output.path).inserted {
      throw ValidationError("--output writes '\(output.path)' twice")
    }
  }

  func run() throws {
    guard let hints = HintFiles.read(common.hints) else { throw ExitCode(2) }
    let setting: CheckSetting
    do {
      setting = try CheckSetting(self)
    } catch {
      // A mistake in the policy is told as a compiler does it, so that editors find the place.
      StandardError.write("\(error is PolicyProblem ? "" : "vtrace: ")\(error)\n")
      throw ExitCode(2)
    }
    let entries = try RecordingFinder.find(paths)
    guard !entries.isEmpty else {
      StandardError.write("vtrace: no file is in \(paths.joined(separator: ", "))\n")
      throw ExitCode(2)
    }
    var job = CheckJob(options: self, setting: setting, hints: hints)
    job.check(entries)
    try job.finish()
    if job.status != 0 { throw ExitCode(job.status) }
  }
}
