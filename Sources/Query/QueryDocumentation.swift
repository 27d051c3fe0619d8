/// The tables of fields and names, as docs/filter.md has them.
public enum QueryDocumentation {
  /// The lines between which the tables stand.
  public static let begin = "<!-- begin: written by vtrace-dev pages -->"
  public static let end = "<!-- end -->"

  /// `page` with the tables of today in their place; nil where that is not marked.
  public static func page(_ page: String) -> String? {
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.firstIndex(of: begin[...]), let last = lines.firstIndex(of: end[...]),
      first < last
    else { return nil }
    let before = lines[...first].joined(separator: "\n")
    let after = lines[last...].joined(separator: "\n")
    return before + "\n" + fields + "\n" + names + after
  }

  private static var fields: String {
    var text = "| field | values | operators | what it is |\n|---|---|---|---|\n"
    for field in QueryField.allCases {
      let operators = field.operators.map { "`\($0)`" }.joined(separator: " ")
      text += "| `\(field.name)` | \(kind(field)) | \(operators) | \(field.summary) |\n"
    }
    return text
  }

  private static func kind(_ field: QueryField) -> String {
    switch field.kind {
    case .mark: "true or false"
    case .name: "a name"
    case .features: "feature bits"
    default: field.kind.rawValue
    }
  }

  private static var names: String {
    var text = "| field | names |\n|---|---|\n"
    for field in QueryField.allCases where field != .type && field != .sessionStatus {
      guard let names = QueryNames.of(field)?.names else { continue }
      text += "| `\(field.name)` | \(names.map { "`\($0)`" }.joined(separator: " ")) |\n"
    }
    return text
  }
}
