import Model
import Policies
import Rules

extension CheckReport {
  /// The report as GitLab reads code quality: a list of what is new.
  ///
  /// GitLab shows one of several entries with the same fingerprint, so that each has its own; it
  /// knows lines only, so that the record of a binary file stands in the description.
  public var gitlab: String {
    var writer = JSONWriter()
    writer.array { writer in
      for file in files {
        if let problem = file.problem {
          let key = FindingKey(rule: "not-read", device: "", message: "")
          writer.object {
            issue("not-read", problem, "blocker", file.path, 1, key.fingerprint(file.path), &$0)
          }
        }
        var seen: [FindingKey: Int] = [:]
        for checked in file.new {
          let number = seen[checked.key, default: 0]
          seen[checked.key] = number + 1
          writer.object { issue(checked, number, in: file, &$0) }
        }
      }
      for finding in policyFindings {
        let key = FindingKey(rule: finding.rule, device: "", message: finding.message)
        writer.object {
          issue(
            finding.rule, finding.message, Self.gitlabName(finding.severity), policy ?? "",
            UInt64(clamping: finding.line), key.fingerprint("\(finding.line)"), &$0)
        }
      }
    }
    return writer.text + "\n"
  }

  private func issue(
    _ checked: CheckedFinding, _ number: Int, in file: CheckedFile, _ writer: inout JSONWriter
  ) {
    let finding = checked.finding
    let device = file.device(of: finding)
    let place = "\(device.id) \(device.name), session \(finding.session), \(file.place(finding))"
    issue(
      finding.rule, "\(finding.message) (\(place))", Self.gitlabName(finding.severity), file.path,
      file.line(of: finding), checked.key.fingerprint("\(file.path) \(number)"), &writer)
  }

  private func issue(
    _ rule: String, _ description: String, _ severity: String, _ path: String, _ line: UInt64,
    _ fingerprint: String, _ writer: inout JSONWriter
  ) {
    writer.field("description", description)
    writer.field("check_name", rule)
    writer.field("fingerprint", fingerprint)
    writer.field("severity", severity)
    writer.key("location")
    writer.object { writer in
      writer.field("path", path)
      writer.key("lines")
      writer.object { $0.field("begin", line) }
    }
  }

  private static func gitlabName(_ severity: Severity) -> String {
    switch severity {
    case .error: "critical"
    case .warning: "major"
    case .note: "info"
    }
  }
}
