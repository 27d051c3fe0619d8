import Rules
public import VirtioSpec

/// Rows of the catalogue as a list.
public struct RuleList: Sendable {
  public var rows: [CatalogueRow]

  public init(_ rows: [CatalogueRow]) { self.rows = rows }

  /// One rule a line: id, level, actor, section, statement.
  public var text: String {
    let width = rows.map(\.id.count).max() ?? 0
    var text = ""
    for row in rows {
      text += padded(row.id, width) + "  " + padded(row.level.rawValue, 10)
      text += " " + padded(row.actor.rawValue, 6) + "  " + padded(row.section, 9)
      text += " \(row.statement)\n"
    }
    return text + "\(counted(rows.count, "rule"))\n"
  }

  /// The rows as `vtrace-rules/1`.
  public var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("schema", "vtrace-rules/1")
      writer.field("rules", rows) { writer, row in
        writer.field("id", row.id)
        writer.field("level", row.level.rawValue)
        writer.field("severity", Severity(row).rawValue)
        writer.field("actor", row.actor.rawValue)
        writer.field("section", row.section)
        writer.field("label", row.label)
        writer.field("statement", row.statement)
        writer.field("evidence", row.evidence.names)
        writer.field("traps", row.trap)
        writer.field("since", (row.specVersionIntroduced ?? .v1_0).description)
        writer.field("implemented", RuleSet.ids.contains(row.id))
      }
    }
    return writer.text + "\n"
  }
}

/// What `vtrace rules ID` prints: the facts of the catalogue, then the rule's page.
public struct RuleExplanation: Sendable {
  public var row: CatalogueRow

  public init(_ row: CatalogueRow) { self.row = row }

  public var text: String {
    let page = RulePages.text(of: row.id)
    var text = page ?? "# \(row.id)\n\n\(row.statement).\n\nNo rule checks this statement yet.\n"
    text += "\n## Facts\n\n"
    let source =
      row.isProposal ? "a proposal, not text of the specification" : "virtio 1.4, \(row.section)"
    text += "- clause: \(source) (\(row.label))\n"
    text +=
      "- level: \(row.level.rawValue), so a finding is of severity \(Severity(row).rawValue)\n"
    if !row.isProposal { text += "- in force: \(history)\n" }
    text += "- side at fault: \(row.actor.rawValue)\n"
    text += "- evidence needed: \(row.evidence.names.joined(separator: ", "))\n"
    if !row.trap.isEmpty { text += "- does not accuse: \(row.trap)\n" }
    return text
  }

  /// Which versions of the specification say it.
  private var history: String {
    let first = row.specVersionIntroduced.map { "since virtio \($0)" } ?? "in every version"
    guard let keyword = row.keywordSince else { return first }
    return first + ", with a keyword since virtio \(keyword) (before, a finding is a note)"
  }
}
