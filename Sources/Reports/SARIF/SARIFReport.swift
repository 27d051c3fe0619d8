import Model
import Policies
import Rules
import VirtioSpec

extension CheckReport {
  /// The report as a SARIF 2.1.0 log of one run.
  public var sarif: String {
    let tables = SARIFTables(self)
    var writer = JSONWriter()
    writer.object { writer in
      writer.field(
        "$schema",
        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
          + "sarif-schema-2.1.0.json")
      writer.field("version", "2.1.0")
      writer.key("runs")
      writer.array { $0.object { run(&$0, tables) } }
    }
    return writer.text + "\n"
  }

  private func run(_ writer: inout JSONWriter, _ tables: SARIFTables) {
    writer.key("tool")
    writer.object { writer in
      writer.key("driver")
      writer.object { writer in
        writer.field("name", "vtrace")
        writer.field("version", tool)
        writer.field("rules", tables.rules) { $0.sarifRule($1) }
      }
    }
    writer.key("invocations")
    writer.array { $0.object { invocation(&$0, tables) } }
    writer.field("artifacts", tables.paths) { writer, path in
      writer.key("location")
      writer.object { $0.field("uri", uriReference(path)) }
      writer.field("roles", path == policy ? ["policy"] : ["analysisTarget"])
    }
    writer.field("logicalLocations", tables.places) { writer, place in
      writer.field("name", place.name)
      writer.field("fullyQualifiedName", place.fullName)
      writer.field("kind", place.kind)
      if let parent = place.parent { writer.field("parentIndex", parent) }
    }
    writer.key("results")
    writer.array { writer in
      for file in files { results(of: file, &writer, tables) }
      for finding in policyFindings { writer.object { result(of: finding, &$0, tables) } }
    }
    // Columns are never given; without a word here a viewer would have to guess.
    writer.field("columnKind", "unicodeCodePoints")
  }

  private func invocation(_ writer: inout JSONWriter, _ tables: SARIFTables) {
    writer.field("executionSuccessful", status != 2)
    writer.field("exitCode", status)
    let unread = files.filter { $0.problem != nil }
    writer.field("toolExecutionNotifications", unread) { writer, file in
      writer.field("level", "error")
      writer.key("message")
      writer.object { $0.field("text", file.problem ?? "") }
      writer.field("locations", [file.path]) { writer, path in
        writer.key("physicalLocation")
        writer.object { $0.sarifArtifact(path, tables) }
      }
    }
  }

  private func results(of file: CheckedFile, _ writer: inout JSONWriter, _ tables: SARIFTables) {
    var seen: [FindingKey: Int] = [:]
    for checked in file.findings {
      let number = seen[checked.key, default: 0] + 1
      seen[checked.key] = number
      writer.object { result(of: checked, number, file, &$0, tables) }
    }
  }

  private func result(
    of checked: CheckedFinding, _ number: Int, _ file: CheckedFile, _ writer: inout JSONWriter,
    _ tables: SARIFTables
  ) {
    let finding = checked.finding
    writer.field("ruleId", finding.rule)
    writer.field("ruleIndex", tables.ruleIndex(finding.rule))
    writer.field("level", finding.severity.rawValue)
    writer.key("message")
    writer.object { $0.field("text", finding.message) }
    writer.key("locations")
    writer.array { writer in
      writer.object { location(finding.reference, finding, file, &$0, tables) }
    }
    writer.field("relatedLocations", finding.evidence) { writer, evidence in
      location(evidence.reference, nil, file, &writer, tables)
      writer.key("message")
      writer.object { $0.field("text", evidence.text) }
    }
    fingerprints(checked.key.fingerprint(), number, &writer)
    if case .suppressed(let reason) = checked.state {
      writer.field("suppressions", [reason]) { writer, reason in
        writer.field("kind", "external")
        writer.field("status", "accepted")
        writer.field("justification", reason)
      }
    }
    if baseline != nil {
      writer.field("baselineState", checked.state == .accepted ? "unchanged" : "new")
    }
    writer.field("occurrenceCount", finding.count)
    writer.key("properties")
    writer.object { writer in
      writer.field("device", file.device(of: finding).id)
      writer.field("session", finding.session)
      writer.field("record", finding.reference.record)
      writer.field("time", seconds(finding.reference.time))
      writer.field("also", finding.also)
    }
  }

  /// Ours, and the one by which GitHub tells that an alert is the same as before; it would make its
  /// own of the file's lines, which differ in every recording.
  private func fingerprints(_ text: String, _ number: Int, _ writer: inout JSONWriter) {
    writer.key("partialFingerprints")
    writer.object { writer in
      writer.field("vtraceFinding/v1", text)
      writer.field("primaryLocationLineHash", "\(text.prefix(16)):\(number)")
    }
  }

  private func location(
    _ reference: RecordReference, _ finding: Finding?, _ file: CheckedFile,
    _ writer: inout JSONWriter, _ tables: SARIFTables
  ) {
    writer.key("physicalLocation")
    writer.object { writer in
      writer.sarifArtifact(file.path, tables)
      writer.key("region")
      writer.object { writer in
        if file.summary?.placesAreLines == true {
          writer.field("startLine", max(reference.location, 1))
        } else {
          writer.field("byteOffset", reference.location)
        }
      }
    }
    guard let finding else { return }
    let place = SARIFTables.Place(finding, of: file.device(of: finding))
    writer.field("logicalLocations", [place]) { writer, place in
      writer.field("index", tables.placeIndex(place))
      writer.field("fullyQualifiedName", place.fullName)
    }
  }

  private func result(
    of finding: PolicyFinding, _ writer: inout JSONWriter, _ tables: SARIFTables
  ) {
    writer.field("ruleId", finding.rule)
    writer.field("ruleIndex", tables.ruleIndex(finding.rule))
    writer.field("level", finding.severity.rawValue)
    writer.key("message")
    writer.object { $0.field("text", finding.message) }
    writer.field("locations", [policy ?? ""]) { writer, path in
      writer.key("physicalLocation")
      writer.object { writer in
        writer.sarifArtifact(path, tables)
        writer.key("region")
        writer.object { $0.field("startLine", finding.line) }
      }
    }
    let key = FindingKey(rule: finding.rule, device: "", message: finding.message)
    fingerprints(key.fingerprint(), 1, &writer)
  }
}
