import Rules
import Testing
import TraceKit
import VirtioSpec

/// What of the catalogue is checked.
@Suite struct CoverageTests {
  let coverage = Coverage()

  @Test func everyStatementThatCountsHasARuleOrAReason() {
    let missing = Set(coverage.missing)
    #expect(missing.subtracting(KnownMissing.ids).sorted() == [])
    #expect(KnownMissing.ids.subtracting(missing).sorted() == [], "take these from the list")
  }

  /// The counting reads pages more simply than the tests that run them: both must agree.
  @Test func everyRuleIsTested() {
    #expect(coverage.total.tested == coverage.total.implemented)
    let broken = RulePageTests.pages.filter { page in page.broken.contains { !$0.due.isEmpty } }
    let counted = broken.filter { Catalogue.row($0.id)?.isCounted == true }
    #expect(counted.count == coverage.total.tested)
    #expect(Set(broken.map(\.id)) == Set(RuleSet.ids))
  }

  /// The levels and the evidence of the tables say which statements count.
  @Test func countsWhatTheTablesSay() {
    let core = Catalogue.rows.filter { $0.isCounted && $0.device == nil }
    #expect(core.allSatisfy { $0.level != .may && !$0.evidence.isEmpty })
    #expect(core.count == 582)
    let device = Catalogue.rows.filter { $0.isCounted && $0.device != nil }
    #expect(device.allSatisfy { $0.level != .may })
    #expect(device.allSatisfy { $0.evidence.isSubset(of: [.access, .features]) })
    #expect(device.count == 149)
    #expect(coverage.total.rows == 731)
  }

  @Test func areasAddUpToTheTotal() {
    #expect(coverage.areas.map(\.rows).reduce(0, +) == coverage.total.rows)
    #expect(coverage.areas.map(\.implemented).reduce(0, +) == coverage.total.implemented)
    #expect(coverage.areas.map(\.undecidable).reduce(0, +) == coverage.undecidable.count)
    #expect(coverage.areas.map(\.missing).reduce(0, +) == coverage.missing.count)
    #expect(Set(coverage.areas.map(\.name)).count == coverage.areas.count)
  }

  @Test func aPrefixIsCountedOnePartFiner() {
    let part = Coverage(prefix: "split")
    #expect(part.areas.map(\.name).contains("split.desc"))
    #expect(part.areas.allSatisfy { $0.name.hasPrefix("split.") })
    #expect(part.total.rows == coverage.areas.first { $0.name == "split" }?.rows)
    let single = Coverage(prefix: "split.desc.no-loop")
    #expect(single.areas.map(\.name) == ["split.desc"] && single.total.implemented == 1)
  }
}
