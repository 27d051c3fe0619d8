import Rules
import Testing
import TraceKit
import VirtioSpec

/// The same trace, judged by different versions of the specification. What a rule says of a bit or
/// register that came later stands on its page.
@Suite struct JudgedByTests {
  /// The rules that a trace breaks, those that another finding stands for among them.
  private func rules(_ header: String, _ lines: String) throws -> [String] {
    try findings(header, lines).flatMap { [$0.rule] + $0.also }
  }

  private func findings(_ header: String, _ text: String) throws -> [Finding] {
    let lines = text.split(separator: "\n").map(String.init)
    let trace = Trace(header: header, line: 10, lines: lines, description: header)
    return try trace.run().verdicts.findings.filter { !$0.isAbsorbed }
  }

  private let shared = """
    W status 0x00
    R status 0x00
    W status 0x01
    W status 0x03
    R device_feature[0] 0x30000020
    R device_feature[1] 0x00000001
    W driver_feature[0] 0x00000021
    W driver_feature[1] 0x00000001
    W status 0x0b
    """

  @Test func aLaterRuleIsSilent() throws {
    // A network driver that does not accept MTU, having done so before: a SHOULD of 1.1.
    let life = """
      W status 0x00
      R status 0x00
      W status 0x01
      W status 0x03
      R device_feature[0] 0x00000028
      R device_feature[1] 0x00000001
      W driver_feature[0] 0x000000FEATURE
      W driver_feature[1] 0x00000001
      W status 0x0b
      R status 0x0b
      W status 0x0f

      """
    let text =
      life.replacing("FEATURE", with: "28") + life.replacing("FEATURE", with: "20")
    #expect(try rules("pci modern net", text).contains("net.feat.mtu-accept"))
    #expect(try rules("pci modern net spec=1.1", text).contains("net.feat.mtu-accept"))
    #expect(try !rules("pci modern net spec=1.0", text).contains("net.feat.mtu-accept"))
  }

  /// A bit that the device did not offer: the general clause is as old as 1.0.
  @Test(arguments: SpecVersion.allCases)
  func anOldRuleSpeaksByEveryVersion(version: SpecVersion) throws {
    let broken = try rules("pci modern net spec=\(version)", shared)
    #expect(broken.contains("feature.accept-subset-of-offered"))
  }

  /// Where a later clause stands for an older one, the older one speaks by the older text.
  @Test func aLaterRuleStandsForNoOlderOne() throws {
    let text = """
      W status 0x00
      R status 0x00
      W status 0x01
      W status 0x03
      R device_feature[0] 0x30000020
      R device_feature[1] 0x00008001
      W driver_feature[0] 0x00000020
      W driver_feature[1] 0x00010001
      W status 0x0b
      """
    for version in SpecVersion.allCases {
      let found = try findings("pci modern net spec=\(version)", text)
      let names = found.flatMap { [$0.rule] + $0.also }
      #expect(names.contains("feature.no-accept-undefined") == (version >= .v1_3))
      #expect(names.contains("feature.no-accept-reserved"))
      for name in names { #expect(Catalogue.row(name)?.holds(in: version) == true) }
    }
  }

  @Test func whatHasNoKeywordYetIsANote() throws {
    let text = """
      W status 0x00
      R status 0x00
      W status 0x01
      W status 0x03
      R device_feature[0] 0x30000020
      R device_feature[1] 0x00000005
      W driver_feature[0] 0x00000020
      W driver_feature[1] 0x00000005
      W status 0x0b
      """
    let old = try findings("pci modern net spec=1.0", text)
      .first { $0.rule == "feature.no-accept-reserved" }
    #expect(old?.severity == .note && old?.spec == .v1_0)
    #expect(try findings("pci modern net spec=1.1", text).isEmpty)
  }
}
