import Foundation
import Query
import Testing

/// docs/filter.md against the program.
@Suite struct QueryDocumentationTests {
  private static func page() throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try String(
      contentsOf: root.appendingPathComponent("docs/filter.md"), encoding: .utf8)
  }

  @Test func theTablesAreFresh() throws {
    let page = try Self.page()
    #expect(QueryDocumentation.page(page) == page, "run swift run vtrace-dev pages")
  }

  /// Every comparison of the page is a filter.
  @Test func theExamplesAreFilters() throws {
    var count = 0
    for line in try Self.page().split(separator: "\n") where line.hasPrefix("| `") {
      let cells = line.replacing("\\|", with: "\u{1}").split(separator: "|")
      for part in cells.prefix(1) {
        let examples = part.split(separator: "`").filter { $0.contains(" ") && $0.count > 4 }
        for example in examples where !example.hasPrefix(", ") {
          let filter = String(example.replacing("\u{1}", with: "|"))
          #expect(problem(filter) == nil, "\(filter)")
          count += 1
        }
      }
    }
    #expect(count >= 6)
  }

  @Test func theMistakeIsTheOneThatIsTold() throws {
    let told = try #require(problem("type == blkk"))
    #expect(try Self.page().contains(told.description))
  }
}
