import Foundation
import Model
import Recordings

@testable import Rules

/// The recordings that the tests of the rules read.
enum Fixtures {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  static let folder = root.appending(path: "fixtures")

  /// The analysis of one recording, finished.
  static func analyze(_ path: String, passesBy: Bool = true) throws -> Analysis {
    var analysis = Analysis()
    analysis.passesBy = passesBy
    _ = try Recording.read(path: folder.appending(path: path).path, into: &analysis)
    analysis.finish()
    return analysis
  }

  /// Every file below `fixtures/` whose name ends with one of `endings`, in order.
  static func files(_ endings: [String]) -> [String] {
    let all = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
    return all.filter { name in endings.contains { name.hasSuffix($0) } }.sorted()
  }

  /// The ids of the failures of real drivers and devices whose kinds of evidence are wanted: the letters
  /// in the fifth column of `cases/failures.tsv`.
  static func failures(_ isWanted: (Set<String>) -> Bool) throws -> [String] {
    let table = try String(
      contentsOf: folder.appending(path: "cases/failures.tsv"), encoding: .utf8)
    let rows = table.split(separator: "\n").dropFirst().map {
      $0.split(separator: "\t", omittingEmptySubsequences: false)
    }
    return rows.filter { row in
      isWanted(Set(row[4].split(whereSeparator: { ", +/".contains($0) }).map(String.init)))
    }.map { String($0[0]) }
  }
}

extension Finding {
  /// The finding's own rule and those that stand in it.
  var rules: [String] { [rule] + also }
}
