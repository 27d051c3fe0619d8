import ArgumentParser
import Model
import Recordings

/// `vtrace convert`: any recording as pcapng in the vtrace encapsulation.
struct Convert: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write any recording as pcapng in the vtrace encapsulation.",
    discussion: """
      The result gives the same devices and findings as the original, and opens in tshark, \
      capinfos, editcap and mergecap.
      """)

  @Argument(help: "The recording; - for standard input.", completion: .file())
  var input: String

  @Option(name: .shortAndLong, help: "Where to write; - for standard output.")
  var output: String

  @Option(help: "Name of the traced machine, kept as the interface's name.")
  var name = "vm0"

  @Flag(help: "Exit with status 2 when the input is cut short or damaged.")
  var strictInput = false

  func run() throws {
    var writer = try PcapngWriter(path: output, interface: name)
    let summary = try Recording.read(path: input, into: &writer)
    try writer.finish()
    for problem in summary.problems {
      let place = summary.placesAreLines ? "line" : "offset"
      StandardError.write("vtrace: \(input): \(place) \(problem.place): \(problem.text)\n")
    }
    if strictInput, summary.truncated || !summary.problems.isEmpty { throw ExitCode(2) }
  }
}
