import ArgumentParser
import Reports

/// The forms in which a check is reported.
enum CheckFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, jsonl, sarif, junit, github, gitlab

  /// The whole report in this form.
  func text(of report: CheckReport, _ style: Style, quiet: Bool) -> String {
    switch self {
    case .text:
      report.files.map { $0.text(style, quiet: quiet) }.joined()
        + report.closing(style, quiet: quiet)
    case .json: report.json
    case .jsonl: report.jsonLines
    case .sarif: report.sarif
    case .junit: report.junit
    case .github: report.github
    case .gitlab: report.gitlab
    }
  }
}

/// A report for a file: `sarif=vtrace.sarif`.
struct CheckOutput: ExpressibleByArgument {
  var format: CheckFormat
  var path: String

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let format = CheckFormat(rawValue: String(parts[0])), !parts[1].isEmpty
    else { return nil }
    self.format = format
    path = String(parts[1])
  }
}
