public import Rules

/// What `vtrace rules --coverage` prints.
public struct CoverageReport: Sendable {
  public var coverage: Coverage

  public init(_ coverage: Coverage) { self.coverage = coverage }

  /// A table of the areas, then what is not checked.
  public var text: String {
    let areas = coverage.areas + [coverage.total]
    let width = areas.map(\.name.count).max() ?? 0
    var text = padded("area", width)
    for heading in Self.headings { text += "  " + heading }
    text += "\n"
    for area in areas {
      text += padded(area.name, width)
      for (heading, number) in zip(Self.headings, Self.numbers(of: area)) {
        text += "  " + aligned("\(number)", heading.count)
      }
      text += "\n"
    }
    if !coverage.undecidable.isEmpty { text += "\nno recording can decide:\n" }
    for row in coverage.undecidable {
      let words = row.reason.split(separator: " ").map(String.init)
      text += "  \(row.id)\n" + wrap(words, width: 94).map { "      \($0)\n" }.joined()
    }
    if !coverage.missing.isEmpty { text += "\nno rule yet:\n" }
    for id in coverage.missing { text += "  \(id)\n" }
    guard coverage.uncounted > 0 else { return text }
    return text + "\n\(counted(coverage.uncounted, "rule")) of statements that are not counted\n"
  }

  /// The same as `vtrace-coverage/1`.
  public var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("schema", "vtrace-coverage/1")
      writer.field("areas", coverage.areas) { Self.write($1, &$0) }
      writer.key("total")
      writer.object { Self.write(coverage.total, &$0) }
      writer.field("undecidable", coverage.undecidable) { writer, row in
        writer.field("rule", row.id)
        writer.field("reason", row.reason)
      }
      writer.field("missing", coverage.missing)
      writer.field("uncounted", coverage.uncounted)
    }
    return writer.text + "\n"
  }

  private static let headings = ["rows", "implemented", "tested", "undecidable", "missing"]

  private static func numbers(of area: Coverage.Area) -> [Int] {
    [area.rows, area.implemented, area.tested, area.undecidable, area.missing]
  }

  private static func write(_ area: Coverage.Area, _ writer: inout JSONWriter) {
    writer.field("area", area.name)
    for (heading, number) in zip(headings, numbers(of: area)) { writer.field(heading, number) }
  }
}
