import Model
public import Policies
import Rules
import VirtioSpec

extension CheckReport {
  /// The report as `vtrace-check/1`.
  public var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("schema", "vtrace-check/1")
      settings(&writer)
      writer.field("files", files) { file($1, &$0, withFindings: true) }
      writer.field("policyFindings", policyFindings) { policyFinding($1, &$0) }
      writer.field("passedOver", passedOver)
      summary(&writer)
    }
    return writer.text + "\n"
  }

  /// One object a line, each with a `type`: `file`, then its `finding`s; at last `policyFinding`
  /// and `summary`.
  public var jsonLines: String {
    var text = ""
    for entry in files {
      text += line("file") { file(entry, &$0, withFindings: false) }
      for finding in entry.findings {
        text += line("finding") { writer in
          writer.field("path", entry.path)
          self.finding(finding, of: entry, &writer)
        }
      }
    }
    for finding in policyFindings {
      text += line("policyFinding") { policyFinding(finding, &$0) }
    }
    return text
      + line("summary") { writer in
        settings(&writer)
        writer.field("passedOver", passedOver)
        summary(&writer)
      }
  }

  private func line(_ type: String, _ body: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter(indent: nil)
    writer.object { writer in
      writer.field("type", type)
      body(&writer)
    }
    return writer.text + "\n"
  }

  private func settings(_ writer: inout JSONWriter) {
    writer.field("spec", version.description)
    writer.field("failOn", failOn?.rawValue ?? "never")
    writer.field("policy", policy)
    writer.field("baseline", baseline)
  }

  private func summary(_ writer: inout JSONWriter) {
    let counts = counts
    writer.key("summary")
    writer.object { writer in
      writer.field("files", files.count)
      writer.field("clean", counts.clean)
      writer.field("unreadable", counts.unreadable)
      for severity in Severity.allCases.reversed() {
        writer.field(severity.rawValue, counts.new[severity] ?? 0)
      }
      writer.field("suppressed", counts.suppressed)
      writer.field("accepted", counts.accepted)
      writer.field("staleBaselineEntries", staleEntries)
      writer.field("status", status)
    }
  }

  private func file(_ file: CheckedFile, _ writer: inout JSONWriter, withFindings: Bool) {
    writer.field("path", file.path)
    writer.field("problem", file.problem)
    writer.field("format", file.summary?.format)
    writer.field("records", file.summary?.records ?? 0)
    writer.field("bytes", file.summary?.bytes ?? 0)
    writer.field("truncated", file.summary?.truncated ?? false)
    writer.field("damaged", !(file.summary?.problems.isEmpty ?? true))
    writer.field("devices", file.devices) { writer, device in
      writer.field("id", device.id)
      writer.field("transport", device.subject.device.transport)
      writer.field("name", device.name)
      writer.field("drivers", device.subject.drivers)
    }
    if withFindings { writer.field("findings", file.findings) { finding($1, of: file, &$0) } }
    writer.field("findingsNotKept", file.findingsNotKept)
    writer.key("rules")
    writer.object { writer in
      writer.field("held", file.held)
      writer.field("notExercised", file.notExercised)
      writer.field("undecidable", file.undecidable)
    }
  }

  private func finding(
    _ checked: CheckedFinding, of file: CheckedFile, _ writer: inout JSONWriter
  ) {
    let finding = checked.finding
    writer.field("state", checked.state.name)
    if case .suppressed(let reason) = checked.state { writer.field("reason", reason) }
    writer.field("fingerprint", checked.key.fingerprint())
    writer.finding(
      finding, device: file.device(of: finding).id,
      in: file.summary ?? InputSummary(path: file.path))
  }

  private func policyFinding(_ finding: PolicyFinding, _ writer: inout JSONWriter) {
    writer.field("rule", finding.rule)
    writer.field("severity", finding.severity.rawValue)
    writer.field("line", finding.line)
    writer.field("message", finding.message)
  }
}

extension Baseline {
  /// The baseline as it is kept in a file: sorted, an entry in five lines, so that a change reads
  /// well where files are compared.
  public var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("schema", Self.schema)
      writer.field("findings", keys.sorted()) { writer, key in
        writer.field("rule", key.rule)
        writer.field("device", key.device)
        writer.field("message", key.message)
      }
    }
    return writer.text + "\n"
  }
}
