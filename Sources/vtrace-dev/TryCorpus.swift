import ArgumentParser
import Foundation
import Model
import Recordings
import Rules

/// Analyzes every recording and tells what `fixtures/corpus.tsv` does not say.
struct TryCorpus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "try-corpus",
    abstract: "Analyzes every recording and tells what differs from fixtures/corpus.tsv.",
    discussion: "The tests do so too; --write writes the table anew.")

  @Flag(help: "Write the table.")
  var write = false

  @Option(help: "The root of the package.")
  var root = "."

  func run() throws {
    let folder = URL(fileURLWithPath: root, isDirectory: true).appendingPathComponent("fixtures")
    let endings = [".log", ".log.zst", ".trace.dat", ".ftrace.txt", ".pcapng"]
    let all = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    var lines = ["recording\trule\tcount\tfirst record"]
    for name in (all ?? []).filter({ name in endings.contains { name.hasSuffix($0) } }).sorted() {
      lines += try Self.lines(of: name, in: folder)
    }
    let table = folder.appendingPathComponent("corpus.tsv")
    let known = try String(contentsOf: table, encoding: .utf8).split(separator: "\n")
      .map(String.init)
    for line in lines where !known.contains(line) { print("+ \(line)") }
    for line in known where !lines.contains(line) { print("- \(line)") }
    if write {
      try lines.map { $0 + "\n" }.joined().write(to: table, atomically: true, encoding: .utf8)
    } else if lines.sorted() != known.sorted() {
      throw ExitCode(1)
    }
  }

  private static func lines(of name: String, in folder: URL) throws -> [String] {
    var analysis = Analysis()
    _ = try Recording.read(path: folder.appendingPathComponent(name).path, into: &analysis)
    analysis.finish()
    var counts: [String: (count: UInt64, first: UInt64)] = [:]
    for finding in analysis.verdicts.findings where !finding.isAbsorbed {
      for rule in [finding.rule] + finding.also {
        let before = counts[rule] ?? (0, .max)
        counts[rule] = (
          before.count + finding.count, min(before.first, finding.reference.record)
        )
      }
    }
    return counts.sorted { $0.key < $1.key }
      .map { "\(name)\t\($0.key)\t\($0.value.count)\t\($0.value.first)" }
  }
}
