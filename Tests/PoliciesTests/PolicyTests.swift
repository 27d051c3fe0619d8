import Model
import Policies
import Testing
import VirtioSpec

@testable import Rules

/// What a policy makes of findings.
@Suite struct PolicyTests {
  static let pciDisk = PolicyDevice(id: "0000:00:03.0", name: "blk", transport: "pci")
  static let mmioNet = PolicyDevice(id: "mmio@0x0a003e00", name: "net", transport: "mmio")

  private func finding(_ rule: String, also: [String] = [], _ message: String = "x") -> Finding {
    let place = RecordReference(record: 7, time: 1, location: 9)
    var finding = Finding(
      rule: rule, row: Catalogue.row(rule), device: 0, session: 0, reference: place,
      message: message, last: place, evidence: [])
    finding.also = also
    return finding
  }

  private func subject(_ device: PolicyDevice = pciDisk, _ drivers: [String] = []) -> PolicySubject
  {
    PolicySubject(device: device, drivers: drivers)
  }

  @Test(arguments: [
    ("core.init", "core.init.reset-first", true),
    ("core.init.reset-first", "core.init.reset-first", true),
    ("core.ini", "core.init.reset-first", false), ("core", "core.init.reset-first", true),
    ("core.init.reset-first.more", "core.init.reset-first", false), ("feature", "core.init", false),
  ])
  func patternsEndAtDots(pattern: String, id: String, matches: Bool) {
    #expect(RulePattern(pattern).matches(id) == matches)
  }

  @Test(arguments: [
    ("*seabios*", "x86/kvm-seabios-blk.trace.dat", true), ("*.log", "a/b/c.log", true),
    ("x86/*", "x86/a.log", true), ("x86/*", "x86/b/a.log", false), ("x86/**", "x86/b/a.log", true),
    ("**/a.log", "x86/b/a.log", true), ("x86/*.log", "arm/a.log", false), ("?.log", "a.log", true),
    ("?.log", ".log", false), ("a.log", "a.log", true), ("", "a", false), ("*", "a", true),
    ("x86/?/a", "x86///a", false), ("**", "any/thing", true), ("a**b", "a/x/b", false),
    ("./a**b", "./a/x/b", true),
  ])
  func globsMeanPaths(glob: String, path: String, matches: Bool) {
    #expect(Glob(glob).matches(path) == matches)
  }

  @Test(.timeLimit(.minutes(1))) func noGlobTakesForEver() {
    let glob = "/" + String(repeating: "*a", count: 500) + "b"
    #expect(!Glob(glob).matches("/" + String(repeating: "a", count: 4000)))
  }

  @Test(arguments: [
    ("blk", true, false), ("mmio", false, true), ("pci/blk", true, false),
    ("mmio/blk", false, false),
    ("0000:00:03.0", true, false), ("0000:00:*", true, false), ("mmio@*", false, true),
  ])
  func selectorsMeanDevices(selector: String, disk: Bool, net: Bool) {
    #expect(DeviceSelector(selector).matches(Self.pciDisk) == disk)
    #expect(DeviceSelector(selector).matches(Self.mmioNet) == net)
  }

  @Test(arguments: [
    ("2027-01-31", true), ("2028-02-29", true), ("2027-02-29", false), ("2100-02-29", false),
    ("2027-13-01", false), ("2027-00-10", false), ("2027-04-31", false), ("27-01-01", false),
    ("2027-1-01", false), ("2027-01-01 ", false), ("-027-01-01", false),
  ])
  func datesAreDaysOfTheCalendar(text: String, isDay: Bool) {
    #expect(CalendarDate(text)?.description == (isDay ? text : nil))
  }

  @Test func theLongerPatternWins() throws {
    var policy = Policy()
    policy.base.ignore = [RulePattern("core")]
    policy.base.select = [RulePattern("core.init"), RulePattern("feature")]
    let wanted = { (id: String) in
      policy.counts(try #require(Catalogue.row(id)), for: self.subject())
    }
    #expect(try wanted("core.init.reset-first"))
    #expect(try !wanted("core.status.no-clear-bits"))
    #expect(
      try wanted("feature.accept-dependency") == (Catalogue.row("feature.accept-dependency") != nil)
    )
    #expect(try !wanted("rfc.fallback.no-legacy-after-modern"))
  }

  @Test func devicesWinOverAllAndDriversOverDevices() throws {
    var policy = Policy()
    let rule = "core.status.no-clear-bits"
    policy.base.severity = [.init(pattern: RulePattern("core"), severity: .note)]
    var disk = RuleChoice()
    disk.severity = [.init(pattern: RulePattern(rule), severity: .warning)]
    policy.devices = [(DeviceSelector("blk"), disk)]
    var firmware = RuleChoice()
    firmware.ignore = [RulePattern("core.status")]
    policy.drivers = [
      Policy.Driver(name: "firmware", recordings: [Glob("*bios*")], choice: firmware)
    ]
    #expect(policy.view(finding(rule), of: subject())?.severity == .warning)
    #expect(policy.view(finding(rule), of: subject(Self.mmioNet))?.severity == .note)
    #expect(policy.drivers(of: "x/seabios.log") == ["firmware"])
    #expect(policy.view(finding(rule), of: subject(Self.pciDisk, ["firmware"])) == nil)
  }

  @Test func onlyTheChosenSideCounts() {
    var policy = Policy()
    policy.base.side = .device
    #expect(policy.view(finding("core.status.no-clear-bits"), of: subject()) == nil)
    let device = finding("feature.dev-no-offer-transport")
    #expect(policy.view(device, of: subject())?.rule == device.rule)
  }

  /// Ignoring one rule never hides another that the same event breaks.
  @Test func anEventIsReportedUnderTheFirstRuleThatCounts() {
    var policy = Policy()
    let event = finding(
      "core.init.ack-then-driver", also: ["core.init.sequence-order", "core.status.progress-bits"])
    policy.base.ignore = [RulePattern("core.init")]
    let seen = policy.view(event, of: subject())
    #expect(seen?.rule == "core.status.progress-bits" && seen?.also == [])
    #expect(seen?.row?.id == "core.status.progress-bits")
    policy.base.ignore = [RulePattern("core")]
    #expect(policy.view(event, of: subject()) == nil)
  }

  private let today = CalendarDate(year: 2026, month: 11, day: 25)

  private func policy(_ suppressions: Suppression...) -> Policy {
    var policy = Policy()
    policy.suppressions = suppressions
    return policy
  }

  @Test func aSuppressionStandsForItsFinding() {
    let policy = policy(
      Suppression(
        rule: RulePattern("core.status"), device: DeviceSelector("blk"), reason: "known", line: 3))
    var use = SuppressionUse(policy)
    use.note(subject(), in: policy)
    let event = finding("core.status.no-clear-bits")
    #expect(use.take(event, of: subject(), in: policy, today: today)?.reason == "known")
    #expect(use.take(event, of: subject(Self.mmioNet), in: policy, today: today) == nil)
    #expect(use.findings(in: policy, today: today).isEmpty)
  }

  @Test func oneThatStandsForNothingIsReported() {
    let policy = policy(
      Suppression(rule: RulePattern("core.init"), reason: "old", line: 3),
      Suppression(
        rule: RulePattern("core.init"), device: DeviceSelector("ccw"), reason: "z", line: 4))
    var use = SuppressionUse(policy)
    // Nothing is said of a device that no recording of the run has.
    #expect(use.findings(in: policy, today: today).isEmpty)
    var other = SuppressionUse(policy)
    other.note(subject(), in: policy)
    use.add(other)
    let findings = use.findings(in: policy, today: today)
    #expect(findings.map(\.rule) == ["policy.unused-suppression"])
    #expect(findings.map(\.line) == [3] && findings[0].severity == .warning)
    #expect(findings[0].message == "no finding of this run is suppressed by core.init (old)")
  }

  @Test func oneThatExpiredStandsForNothing() {
    var policy = policy(
      Suppression(
        rule: RulePattern("core"), reason: "known", expires: CalendarDate("2026-11-24"), line: 3),
      Suppression(
        rule: RulePattern("core"), reason: "later", expires: CalendarDate("2026-11-25"), line: 9))
    var use = SuppressionUse(policy)
    use.note(subject(), in: policy)
    let event = finding("core.status.no-clear-bits")
    #expect(use.take(event, of: subject(), in: policy, today: today)?.reason == "later")
    let findings = use.findings(in: policy, today: today)
    #expect(findings.map(\.rule) == ["policy.expired-suppression"])
    policy.base.severity = [.init(pattern: RulePattern("policy"), severity: .error)]
    #expect(use.findings(in: policy, today: today).map(\.severity) == [.error])
    policy.base.ignore = [RulePattern("policy.expired-suppression")]
    #expect(use.findings(in: policy, today: today).isEmpty)
  }
}
