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
}
