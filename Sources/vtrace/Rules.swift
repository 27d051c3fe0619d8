import ArgumentParser
import Reports
import Rules
import VirtioSpec

/// `vtrace rules`: what is checked, and why.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "List the rules, or explain one.",
    discussion: "A rule's id is the id of its statement in the catalogue; a prefix lists an area.")

  @Argument(help: "The id of a rule, or the beginning of some.")
  var id: String?

  @Flag(help: "Count the statements of the catalogue that are checked, by area.")
  var coverage = false

  @Option(help: "How to print.")
  var format = FormatOption.text

  enum FormatOption: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  func run() throws {
    let output = Output()
    defer { output.flush() }
    if coverage { return try writeCoverage(output) }
    if let id, let row = Catalogue.row(id) {
      output.write(format == .json ? RuleList([row]).json : RuleExplanation(row).text)
      return
    }
    let ids = RuleSet.ids.filter { id.map($0.hasPrefix) ?? true }.sorted()
    guard !ids.isEmpty else {
      throw ValidationError("no rule begins with '\(id ?? "")'; 'vtrace rules' lists them all")
    }
    let list = RuleList(ids.compactMap(Catalogue.row))
    output.write(format == .json ? list.json : list.text)
  }

  private func writeCoverage(_ output: Output) throws {
    let coverage = Coverage(prefix: id ?? "")
    guard coverage.total.rows > 0 else {
      throw ValidationError("no statement that counts begins with '\(id ?? "")'")
    }
    let report = CoverageReport(coverage)
    output.write(format == .json ? report.json : report.text)
  }
}
