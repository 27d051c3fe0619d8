import Foundation
import Testing

/// What the command says of itself.
@Suite struct HelpTests {
  @Test(arguments: [
    "analyze", "check", "convert", "diff", "live", "recipe", "record", "rings", "rules", "view",
  ])
  func helpIsASnapshot(command: String) throws {
    try expectSnapshot(try Command.vtrace(command, "--help").output, "help-\(command)")
  }

  @Test func everyRecipeIsPrinted() throws {
    let list = try Command.vtrace("recipe")
    for line in list.output.split(separator: "\n") where line.contains("  ") {
      let name = String(line.prefix { $0 != " " })
      let recipe = try Command.vtrace("recipe", name)
      #expect(recipe.status == 0 && recipe.output.hasPrefix("# "))
    }
  }

  @Test func aRuleIsExplained() throws {
    let rule = try Command.vtrace("rules", "core.status.no-clear-bits")
    #expect(
      rule.output.contains("## Broken") && rule.output.contains("- clause: virtio 1.4, 2.1.1"))
  }

  @Test func coverageIsCounted() throws {
    let table = try Command.vtrace("rules", "--coverage").output
    #expect(table.hasPrefix("area ") && table.contains("\nno recording can decide:\n"))
    let part = try Command.vtrace("rules", "split.desc", "--coverage", "--format", "json").output
    let object = try JSONSerialization.jsonObject(with: Data(part.utf8)) as? [String: Any]
    #expect(object?["schema"] as? String == "vtrace-coverage/1")
    let total = try #require(object?["total"] as? [String: Any])
    let rows = try #require(total["rows"] as? Int)
    #expect(rows > 0 && total["implemented"] as? Int == rows && total["tested"] as? Int == rows)
    #expect(try Command.vtrace("rules", "--coverage", "no.such").status == 2)
  }

  @Test func anUnknownRuleIsAnError() throws {
    #expect(try Command.vtrace("rules", "no.such.rule").status == 2)
  }
}
