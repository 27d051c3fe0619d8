extension CatalogueRow {
  /// Parses a line of the generated tables: tab-separated columns in the order that
  /// `vtrace-dev generate` writes. Nil for anything else, which its tests rule out.
  init?(line: String, isCore: Bool) {
    // Over UTF-8 and not over characters, which would cost ten times as much.
    let columns = line.utf8.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
      .map { Substring($0) }
    guard columns.count == 11,
      let actor = Actor(rawValue: String(columns[3])),
      let level = Level(rawValue: String(columns[4])),
      let scope = Scope(rawValue: isCore ? String(columns[5]) : Scope.device.rawValue),
      let evidence = Evidence(columns[7])
    else { return nil }
    id = String(columns[0])
    section = String(columns[1])
    label = String(columns[2])
    self.actor = actor
    self.level = level
    self.scope = scope
    device = isCore ? nil : DeviceType.named(String(columns[5]))
    statement = String(columns[6])
    self.evidence = evidence
    check = String(columns[8])
    trap = String(columns[9])
    isProposal = columns[1] == "proposal"
    // One flag letter for what the table says in words, the version after it, and behind a slash
    // that from which on the statement has its keyword.
    hasKeyword = !columns[10].hasPrefix("n")
    let versions = columns[10].drop { $0 == "n" }
      .split(separator: "/", omittingEmptySubsequences: false)
    specVersionIntroduced = versions.first.flatMap { SpecVersion(String($0)) }
    keywordSince = versions.count > 1 ? SpecVersion(String(versions[1])) : nil
  }
}
