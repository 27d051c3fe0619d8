/// The pages of the rules, as they stand under `docs/rules`.
public enum RulePages {
  /// The page of the rule `id`, nil when it has none.
  public static func text(of id: String) -> String? {
    let title = "# \(id)\n"
    for page in table.split(separator: "%%\n") where page.hasPrefix(title) {
      return String(page)
    }
    return nil
  }

  /// The rules whose pages show a trace that breaks them, with the finding that is due.
  static let broken: Set<String> = {
    var result: Set<String> = []
    for page in table.split(separator: "%%\n") where showsBreach(page) {
      result.insert(String(page.prefix { $0 != "\n" }.dropFirst(2)))
    }
    return result
  }()

  /// Whether a trace under the heading of the broken ones announces a finding.
  private static func showsBreach(_ page: Substring) -> Bool {
    var isBroken = false
    var isTrace = false
    for line in page.split(separator: "\n") {
      if line.hasPrefix("## ") { isBroken = line == "## Broken" }
      if line.hasPrefix("```") {
        isTrace = line.hasPrefix("```trace")
      } else if isBroken, isTrace, line.contains("#") {
        return true
      }
    }
    return false
  }
}
