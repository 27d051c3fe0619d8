import Foundation
import Testing
import VirtioSpec

@Suite struct CatalogueTests {
  @Test func hasEveryRow() {
    #expect(Catalogue.coreCount == 644)
    #expect(Catalogue.deviceCount == 1308)
    // A row that does not parse would be missing here.
    #expect(Catalogue.rows.count == 1952)
  }

  @Test func idsAreUniqueAndDense() {
    #expect(Set(Catalogue.rows.map(\.id)).count == Catalogue.count)
    for (number, row) in Catalogue.rows.enumerated() {
      #expect(Catalogue.number(of: row.id) == number)
    }
    #expect(Catalogue.number(of: "core.no.such-row") == nil)
    #expect(Catalogue.row("core.no.such-row") == nil)
    #expect(Catalogue.row(number: -1) == nil)
    #expect(Catalogue.row(number: Catalogue.count) == nil)
  }

  @Test func rowHoldsWhatTheTableSays() throws {
    let row = try #require(Catalogue.row("core.status.no-clear-bits"))
    #expect(row.section == "2.1.1")
    #expect(row.actor == .driver)
    #expect(row.level == .mustNot)
    #expect(row.level.rawValue == "MUST NOT")
    #expect(row.scope == .all)
    #expect(row.evidence == .access)
    #expect(row.hasKeyword && !row.isProposal)
    #expect(row.device == nil && row.specVersionIntroduced == nil)
  }

  @Test func deviceRowNamesItsDevice() throws {
    let row = try #require(Catalogue.row("net.feat.requires-offered"))
    #expect(row.device == .net)
    #expect(row.scope == .device)
    #expect(row.section == "5.1")
    #expect(row.evidence == .features)
    // The table that it stands in points at the clause of 2.2.2 that has the keyword.
    #expect(row.hasKeyword)
  }

  @Test func everyDeviceRowNamesADevice() {
    let rows = Catalogue.rows[Catalogue.coreCount...]
    #expect(rows.allSatisfy { $0.device != nil && $0.scope == .device })
    #expect(Catalogue.rows[..<Catalogue.coreCount].allSatisfy { $0.device == nil })
  }

  @Test func marksProposalsVersionsAndMissingKeywords() {
    let rows = Catalogue.rows
    #expect(rows.filter(\.isProposal).count == 15)
    #expect(rows.filter { !$0.hasKeyword }.count == 95 + 81)
    #expect(rows.filter { $0.label.contains("no keyword") || $0.trap.contains("no keyword") } == [])
    let suspend = rows.filter { $0.section == "3.4.2" }
    #expect(suspend.count == 12)
    #expect(suspend.allSatisfy { $0.specVersionIntroduced == .v1_4 })
  }

  @Test func knowsWhatCameLater() throws {
    let packed = Catalogue.rows.filter { $0.section.hasPrefix("2.8.") }
    #expect(packed.count > 30)
    #expect(packed.allSatisfy { $0.specVersionIntroduced == .v1_1 })
    let can = Catalogue.rows.filter { $0.device == .can }
    #expect(can.count == 13)
    #expect(can.allSatisfy { $0.specVersionIntroduced == .v1_4 })
    // A statement can be younger than its section or device.
    let net = Catalogue.rows.filter { $0.device == .net && $0.specVersionIntroduced != nil }
    #expect(net.contains { $0.id == "net.mtu.range" && $0.specVersionIntroduced == .v1_1 })
    #expect(!net.contains { $0.id == "net.feat.mac-accept" })
    let order = try #require(Catalogue.row("split.desc.in-order-next"))
    #expect(!order.holds(in: .v1_0) && order.holds(in: .v1_1))
  }

  /// What 1.0 says in other words, 1.3 says with a keyword.
  @Test func knowsSinceWhenAKeywordIsThere() throws {
    let row = try #require(Catalogue.row("feature.no-accept-reserved"))
    #expect(row.hasKeyword && row.keywordSince == .v1_3 && row.specVersionIntroduced == nil)
    #expect(row.holds(in: .v1_0) && !row.hasKeyword(in: .v1_2) && row.hasKeyword(in: .v1_3))
    let old = try #require(Catalogue.row("core.status.no-clear-bits"))
    #expect(old.keywordSince == nil && old.hasKeyword(in: .v1_0))
  }

  /// Each line of the table of versions, against the rows.
  @Test func versionsAreThoseOfTheTable() throws {
    let url = packageRoot.appendingPathComponent("fixtures/spec/versions.tsv")
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst()
    #expect(lines.count > 100)
    for line in lines {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      let row = try #require(Catalogue.row(cells[0]))
      #expect(row.specVersionIntroduced ?? .v1_0 == SpecVersion(cells[1]), "\(row.id)")
      #expect(row.keywordSince == SpecVersion(cells[2]), "\(row.id)")
      #expect(!cells[3].isEmpty, "\(row.id) has no source")
    }
  }

  /// The columns against the table itself, read in another way.
  @Test(arguments: ["core", "device"]) func statementsAreThoseOfTheTable(part: String) throws {
    let url = packageRoot.appendingPathComponent("fixtures/spec/\(part)-normative.tsv")
    let lines = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n")
    let header = lines[0].components(separatedBy: "\t")
    let statement = try #require(header.firstIndex(of: "statement"))
    let evidence = try #require(header.firstIndex(of: "evidence"))
    for line in lines.dropFirst() where !line.isEmpty {
      let columns = line.components(separatedBy: "\t")
      let row = try #require(Catalogue.row(columns[0]))
      #expect(row.statement == columns[statement])
      let words = columns[evidence] == "none" ? [] : columns[evidence].components(separatedBy: ",")
      #expect(Set(row.evidence.names) == Set(words))
    }
  }
}
