import Model
import Policies
import Rules

extension CheckReport {
  /// The report in Markdown, for the summary of a job: what GitHub shows of a job is a page,
  /// without the limit of its annotations.
  public var markdown: String {
    var text = "## vtrace check\n\n\(Self.escaped(total))\n\n"
    let rows = rows
    if !rows.isEmpty {
      text += "| | rule | device | place | what |\n|---|---|---|---|---|\n"
    }
    for (number, row) in rows.enumerated() {
      // GitHub refuses a summary of more than 1 MiB.
      guard text.utf8.count + row.utf8.count < Self.markdownLimit else {
        return text + "\n\(counted(rows.count - number, "more finding")) left out.\n"
      }
      text += row
    }
    return text
  }

  private static var markdownLimit: Int { 1_000_000 }

  private var rows: [String] {
    var rows: [String] = []
    for file in files {
      if let problem = file.problem {
        rows.append(Self.row("error", "not read", "", Self.code(file.path), problem))
      }
      for finding in file.new.map(\.finding) {
        let device = file.device(of: finding)
        rows.append(
          Self.row(
            finding.severity.rawValue, Self.code(finding.rule),
            "\(Self.code(device.id)) \(device.name)",
            "\(Self.code(file.path)) \(file.place(finding))", finding.message))
      }
    }
    for finding in policyFindings {
      rows.append(
        Self.row(
          finding.severity.rawValue, Self.code(finding.rule), "",
          "\(Self.code(policy ?? "")) line \(finding.line)", finding.message))
    }
    return rows
  }

  private static func row(
    _ severity: String, _ rule: String, _ device: String, _ place: String, _ message: String
  ) -> String {
    "| \(severity) | \(rule) | \(device) | \(place) | \(escaped(message)) |\n"
  }

  /// `text` in code style, which a backtick inside would end.
  private static func code(_ text: String) -> String {
    let shown = printable(text).map { $0 == "`" ? "'" : $0 == "|" ? "\u{2502}" : $0 }
    return "`\(String(shown))`"
  }

  /// `text` with the signs that Markdown or HTML give a meaning escaped.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in printable(text) {
      switch character {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\\", "`", "*", "_", "[", "]", "|", "#", "~": result += "\\\(character)"
      default: result.append(character)
      }
    }
    return result
  }
}
