import Foundation
import Rules
import Testing
import TraceKit

/// An entry of a ring that was not captured does not show that its writer kept the order.
@Suite struct UncapturedEntryTests {
  @Test(arguments: ["split.barrier.before-idx", "split.used.len-before-idx"])
  func isNotHeld(id: String) throws {
    let page = try #require(RulePageTests.pages.first { $0.id == id })
    let trace = try #require(page.kept.first { $0.lines.contains { $0.contains("id=?") } })
    let verdict = try trace.run().deviceSummaries.first?.verdict(id)
    #expect(verdict == .notExercised)
  }
}
