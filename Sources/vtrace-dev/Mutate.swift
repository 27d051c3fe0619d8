import ArgumentParser
import Foundation
import TraceKit

/// Makes single faults in real recordings, and tells which of them the rules catch.
struct Mutate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes single faults in real recordings, and tells what the rules make of them.",
    discussion: """
      A fault takes an access out, repeats or moves it, or changes its value, width or address, so \
      that a rule is broken. The table tells how often the rule was caught in the act, and which \
      other rules found something that does not follow from the fault.
      """)

  @Argument(help: "The beginning of the rules' ids, and recordings or folders of them.")
  var arguments: [String] = []

  @Option(help: "The seed by which places are chosen.")
  var seed: UInt64 = 0x7674_7261_6365

  @Option(help: "Places of a mutation that are tried in a recording.")
  var places = 2

  @Flag(help: "Print every fault that was missed or has consequences that are not explained.")
  var verbose = false

  func run() throws {
    let paths = arguments.filter { FileManager.default.fileExists(atPath: $0) }
    let prefix = arguments.first { !paths.contains($0) } ?? ""
    var run = MutationRun(seed: seed, prefix: prefix)
    run.placesPerRecording = places
    for path in paths.isEmpty ? Self.folders : paths {
      for name in RealRecordings.below(path) {
        run.take(try RecordedAccesses(path: name), named: name)
      }
    }
    let report = MutationReport(run)
    print(report.table)
    if verbose { print(report.details) }
    print(report.summary)
    if run.missed > 0 || run.withUnexplained > 0 { throw ExitCode(1) }
  }

  private static let folders = ["fixtures/ccw", "fixtures/mmio-other", "fixtures/x86"]
}

/// The recordings of real drivers: those that scripts made to break a rule lie in folders below.
enum RealRecordings {
  static func below(_ path: String) -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
    else { return [path] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let endings = [".log", ".log.zst", ".trace.dat", ".pcapng"]
    // Other forms of a recording that is there already.
    let copies = [".v6.", ".v7-none."]
    return names.filter { name in
      endings.contains { name.hasSuffix($0) } && !copies.contains { name.contains($0) }
        && (!name.hasSuffix(".log") || !names.contains("\(name.dropLast(4)).pcapng"))
    }.sorted().map { "\(path)/\($0)" }
  }
}
