/// Writes the normative statements, a line of text each, in the form that `CatalogueRow` parses.
struct CatalogueWriter {
  let tables: SpecTables

  func core() throws -> String {
    file("coreLines", "Statements about facilities and transports.", tables.core.map(coreLine))
  }

  func device() throws -> String {
    let lines = try tables.device.map { row in
      guard let device = tables.devices.first(where: { $0.name == row[1] }),
        let section = device.section
      else { throw GeneratorError("\(row[0]): no section describes a device \(row[1])") }
      return deviceLine(row, section: section, since: device.introducedIn)
    }
    return file("deviceLines", "Statements about device types.", lines)
  }

  /// Columns: id, section, label, actor, level, scope, statement, evidence, check, trap.
  private func coreLine(_ row: [String]) -> String {
    let history = tables.transports.normativeSectionsNew
    return line(row, since: history.version(of: row[1]) ?? "")
  }

  /// Columns: id, device, label, actor, level, statement, evidence, check, trap. The device stands
  /// where a statement of the core has its scope.
  private func deviceLine(_ row: [String], section: String, since: String?) -> String {
    line([row[0], section, row[2], row[3], row[4], row[1]] + row[5...], since: since ?? "")
  }

  private func line(_ row: [String], since: String) -> String {
    let marks = ["(no keyword)", "[no keyword]"]
    var row = row
    let bare = marks.contains { row[2].contains($0) || row[9].contains($0) }
    for mark in marks {
      for column in [2, 9] {
        row[column] = row[column].replacing(mark, with: "").trimmingPrefix(" ").description
      }
    }
    while row[2].hasSuffix(" ") { row[2].removeLast() }
    let version = tables.versions[row[0]] ?? (since, "")
    let first = version.since == "1.0" ? "" : version.since
    let keyword = version.keyword.isEmpty ? "" : "/" + version.keyword
    return (row + [(bare ? "n" : "") + first + keyword]).joined(separator: "\t")
  }

  private func file(_ name: String, _ comment: String, _ lines: [String]) -> String {
    var out = SwiftText.header + "extension Catalogue {\n  /// \(comment)\n"
    out += "  static let \(name): [String] = [\n"
    for line in lines { out += "    \(SwiftText.literal(line)),\n" }
    return out + "  ]\n}\n"
  }
}
