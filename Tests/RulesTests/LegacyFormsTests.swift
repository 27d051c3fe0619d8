import Foundation
import Model
import Recordings
import Rules
import Testing
import VirtioSpec

/// "A legacy driver accepts VERSION_1" in its forms, and the other feature faults of the scripted
/// drivers: each at the line that its `expect.json` names, through the whole path from the log.
@Suite struct LegacyFormsTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var rule: String
    var testDescription: String { "\(name): \(rule)" }
  }

  static let cases = [
    Case(name: "feature-not-offered", rule: "feature.accept-subset-of-offered"),
    Case(name: "features-then-legacy", rule: "feature.version1.drv-accept"),
    Case(name: "features-then-legacy", rule: "rfc.fallback.no-legacy-after-modern"),
    Case(name: "legacy-with-version-1", rule: "rfc.detect.drv-transport-specific"),
    Case(name: "mixed-legacy-and-modern", rule: "rfc.detect.drv-transport-specific"),
    Case(name: "mmio-legacy-queue-ready", rule: "rfc.detect.drv-transport-specific"),
    Case(name: "mmio-legacy-register-on-modern", rule: "rfc.detect.drv-transport-specific"),
  ]

  static let folder = RulePageTests.root.appending(path: "fixtures/x86/qtest")

  static func findings(_ name: String) throws -> [Finding] {
    var analysis = Analysis()
    _ = try Recording.read(
      path: folder.appending(path: "\(name).qemu.log").path, into: &analysis)
    analysis.finish()
    return analysis.verdicts.findings
  }

  struct Expectation: Decodable {
    struct Entry: Decodable {
      var actor: String
      var lines: [UInt64]
    }
    var expect: [Entry]
  }

  @Test(arguments: cases)
  func findsTheFaultAtItsPlace(_ example: Case) throws {
    let text = try Data(
      contentsOf: Self.folder.appending(path: "\(example.name).expect.json"))
    let expected = try JSONDecoder().decode(Expectation.self, from: text).expect
    let found = try #require(
      try Self.findings(example.name).first { $0.rule == example.rule })
    #expect(
      expected.contains {
        $0.lines[0]...$0.lines[1] ~= found.reference.location
          && $0.actor == found.row?.actor.rawValue
      })
  }

  @Test(arguments: [
    "good", "legacy-good", "mmio-good", "mmio-legacy-good", "features-ok-refused-good",
  ])
  func blamesNoWellBehavedDriver(_ name: String) throws {
    let rules = try Self.findings(name).map(\.rule)
    #expect(!rules.contains { $0.hasPrefix("feature.") || $0.hasPrefix("rfc.") })
  }
}
