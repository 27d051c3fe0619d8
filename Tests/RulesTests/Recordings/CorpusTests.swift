import Foundation
import Model
import Rules
import Testing

/// Every recording, analyzed: what is found in it stands in `fixtures/corpus.tsv`, so that a new
/// finding is a line that somebody has to sign. VTRACE_RECORD writes the table, and fails.
@Suite struct CorpusTests {
  static let table = Fixtures.folder.appending(path: "corpus.tsv")
  static let header = "recording\trule\tcount\tfirst record"

  static let recordings = Fixtures.files([
    ".log", ".log.zst", ".trace.dat", ".ftrace.txt", ".pcapng",
  ])

  /// The lines of the table for one recording.
  static func lines(of recording: String) throws -> [String] {
    var counts: [String: (count: UInt64, first: UInt64)] = [:]
    for finding in try Fixtures.analyze(recording).verdicts.findings where !finding.isAbsorbed {
      for rule in finding.rules {
        let known = counts[rule]
        counts[rule] = (
          (known?.count ?? 0) + finding.count,
          min(known?.first ?? .max, finding.reference.record)
        )
      }
    }
    return counts.sorted { $0.key < $1.key }.map {
      "\(recording)\t\($0.key)\t\($0.value.count)\t\($0.value.first)"
    }
  }

  static let known: [String: [String]] = {
    let text = (try? String(contentsOf: table, encoding: .utf8)) ?? ""
    let lines = text.split(separator: "\n").dropFirst().map(String.init)
    return Dictionary(grouping: lines) { String($0.prefix { $0 != "\t" }) }
  }()

  static var isRecording: Bool { ProcessInfo.processInfo.environment["VTRACE_RECORD"] != nil }

  @Test(.enabled(if: isRecording)) func recordsTheTable() throws {
    let lines = try Self.recordings.flatMap(Self.lines)
    try ([Self.header] + lines).map { $0 + "\n" }.joined()
      .write(to: Self.table, atomically: true, encoding: .utf8)
    Issue.record("recorded \(Self.table.lastPathComponent)")
  }

  @Test(.enabled(if: !isRecording), arguments: recordings)
  func findsWhatTheTableSays(_ recording: String) throws {
    #expect(try Self.lines(of: recording) == Self.known[recording] ?? [])
  }

  @Test(.enabled(if: !isRecording)) func theTableNamesOnlyRecordings() {
    #expect(Set(Self.known.keys).subtracting(Self.recordings) == [])
  }
}
