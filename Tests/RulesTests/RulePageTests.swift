import Foundation
import Rules
import Testing
import TraceKit
import VirtioSpec

/// The pages of the rules, run.
@Suite struct RulePageTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static let pages: [RulePage] = {
    let folder = root.appending(path: "docs/rules")
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (files?.compactMap { $0 as? URL } ?? [])
      .filter { $0.pathExtension == "md" && $0.lastPathComponent != "undecidable.md" }
      .compactMap { (try? String(contentsOf: $0, encoding: .utf8)).flatMap(RulePage.init) }
      .sorted { $0.id < $1.id }
  }()

  /// A trace with the rule that it is about.
  struct Example: Sendable, CustomTestStringConvertible {
    var rule: String
    var trace: Trace
    var testDescription: String { trace.description }
  }

  static let examples = pages.flatMap { page in
    (page.broken + page.kept).map { Example(rule: page.id, trace: $0) }
  }

  @Test(arguments: examples)
  func findsWhatThePageSays(_ example: Example) throws {
    #expect(try example.trace.findings(of: example.rule) == example.trace.due)
  }

  @Test(arguments: RuleSet.ids)
  func everyRuleShowsItselfBrokenAndKept(id: String) throws {
    let page = try #require(Self.pages.first { $0.id == id }, "no page for \(id)")
    #expect(!page.broken.isEmpty)
    #expect(page.broken.allSatisfy { !$0.due.isEmpty })
    #expect(!page.kept.isEmpty && page.kept.allSatisfy { $0.due.isEmpty })
  }

  /// The rows of `undecidable.md`: statements that nobody can make a rule of.
  @Test func whatIsUndecidableHasAReasonAndNoRule() throws {
    let file = Self.root.appending(path: "docs/rules/undecidable.md")
    let rows = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      .filter { $0.hasPrefix("| `") }
      .map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
    #expect(!rows.isEmpty)
    for row in rows {
      let id = row[0].trimmingCharacters(in: ["`"])
      #expect(Catalogue.row(id) != nil, "\(id) is not in the catalogue")
      #expect(!RuleSet.ids.contains(id), "\(id) has a rule")
      #expect(row.count == 2 && !row[1].isEmpty, "\(id) has no reason")
    }
    #expect(Set(rows.map { $0[0] }).count == rows.count)
  }

  @Test(arguments: pages.map(\.id))
  func everyPageHasItsRuleAndPlace(id: String) {
    #expect(RuleSet.ids.contains(id))
    let path = "docs/rules/" + id.replacing(".", with: "/") + ".md"
    #expect(FileManager.default.fileExists(atPath: Self.root.appending(path: path).path))
  }
}
