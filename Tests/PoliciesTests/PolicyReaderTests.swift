import Policies
import PolicyFiles
import Rules
import Testing
import VirtioSpec

/// A policy's mistakes, each with its place and the nearest valid name.
@Suite struct PolicyReaderTests {
  private func problem(_ text: String) -> String? { problem(Array(text.utf8)) }

  private func problem(_ bytes: [UInt8]) -> String? {
    do throws(PolicyProblem) {
      _ = try PolicyReader.read(bytes, path: "p.yml")
      return nil
    } catch {
      return error.description
    }
  }

  @Test func everyKeyIsRead() throws {
    let text = """
      spec: 1.2
      fail-on: warning
      baseline: ci/known.json
      select: [core, feature]
      ignore: core.reset
      severity: {core.init: note}
      side: driver
      devices:
        blk: {ignore: [feature]}
        "0000:00:*": {side: both}
      drivers:
        firmware: {recordings: ["*seabios*"], severity: {core: warning}}
      suppressions:
        - {rule: core.init, device: pci/net, driver: firmware, reason: known, expires: 2027-01-31}
      """
    let policy = try PolicyReader.read(Array(text.utf8), path: "p.yml")
    #expect(policy.spec?.description == "1.2" && policy.failOn == .warning)
    #expect(policy.baseline == "ci/known.json" && policy.path == "p.yml")
    #expect(policy.base.select.map(\.text) == ["core", "feature"])
    #expect(policy.base.ignore.map(\.text) == ["core.reset"] && policy.base.side == .driver)
    #expect(policy.base.severity.first?.severity == .note)
    #expect(policy.devices.map(\.selector.text) == ["blk", "0000:00:*"])
    #expect(policy.devices[0].choice.ignore.map(\.text) == ["feature"])
    #expect(policy.devices[1].choice.side == .both)
    #expect(policy.drivers.first?.name == "firmware")
    #expect(policy.drivers.first?.recordings == [Glob("*seabios*")])
    let suppression = try #require(policy.suppressions.first)
    #expect(suppression.rule.text == "core.init" && suppression.device?.text == "pci/net")
    #expect(suppression.driver == "firmware" && suppression.reason == "known")
    #expect(suppression.expires == CalendarDate(year: 2027, month: 1, day: 31))
    #expect(suppression.line == 14)
  }

  @Test(arguments: ["", "# nothing\n", "~\n", "{}\n"])
  func anEmptyPolicyIsAPolicy(text: String) { #expect(problem(text) == nil) }

  static let mistakes: [(text: String, problem: String)] = [
    ("selct: [core]\n", "1:1: unknown key 'selct' in a policy; did you mean 'select'?"),
    (
      "wibble: 1\n",
      "1:1: unknown key 'wibble' in a policy; there are spec, fail-on, baseline, select, ignore, "
        + "severity, side, devices, drivers, suppressions"
    ),
    ("- a\n", "1:1: a policy is a mapping of keys to values, not a list"),
    ("spec: 1.5\n", "1:7: unknown version of the specification '1.5'; did you mean '1.0'?"),
    ("spec: [1.4]\n", "1:7: 'spec' needs a text, not a list"),
    ("fail-on: eror\n", "1:10: unknown severity 'eror'; did you mean 'error'?"),
    ("fail-on:\n", "1:9: 'fail-on' needs a text, not nothing"),
    (
      "ignore:\n  - core.init\n  - core.init.reset-frist\n",
      "3:5: no rule is called 'core.init.reset-frist' or begins with it; did you mean "
        + "'core.init.reset-first'?"
    ),
    (
      "select: [core.ini]\n",
      "1:10: no rule is called 'core.ini' or begins with it; did you mean 'core.init'?"
    ),
    (
      "select: [zzzzzzzz]\n",
      "1:10: no rule is called 'zzzzzzzz' or begins with it; 'vtrace rules' lists them"
    ),
    ("select: {core: 1}\n", "1:9: 'select' needs texts, not a mapping"),
    ("select: [[core]]\n", "1:10: 'select' needs texts, not a list"),
    ("severity: [core]\n", "1:11: 'severity' needs a mapping of names to values, not a list"),
    ("severity: {core: fatal}\n", "1:18: unknown severity 'fatal'; there are note, warning, error"),
    ("severity: {core: [note]}\n", "1:18: the severity of a rule is a word, not a list"),
    ("side: drver\n", "1:7: unknown side 'drver'; did you mean 'driver'?"),
    ("devices: {bkl: {}}\n", "1:11: unknown device 'bkl'; did you mean 'blk'?"),
    ("devices: {pci/nte: {}}\n", "1:11: unknown device 'pci/nte'; did you mean 'pci/net'?"),
    ("devices: {blk: 3}\n", "1:16: a device is a mapping of keys to values, not a value"),
    (
      "devices: {blk: {ignored: []}}\n",
      "1:17: unknown key 'ignored' in a device; did you mean 'ignore'?"
    ),
    ("drivers: {x: {}}\n", "1:11: the driver 'x' names no recordings"),
    ("suppressions: {}\n", "1:15: 'suppressions' needs a list, not a mapping"),
    (
      "suppressions: [core.init]\n",
      "1:16: a suppression is a mapping of keys to values, not a value"
    ),
    ("suppressions:\n  - rule: core.init\n", "2:5: a suppression needs 'reason'"),
    ("suppressions:\n  - reason: why\n", "2:5: a suppression needs 'rule'"),
    (
      "suppressions:\n  - {rule: core.init, reason: '  '}\n",
      "2:31: a suppression needs a reason with something in it"
    ),
    (
      "suppressions:\n  - {rule: core.init, reason: x, expires: 2027-02-29}\n",
      "2:43: '2027-02-29' is no day; write it as 2027-01-31"
    ),
    (
      "suppressions:\n  - {rule: core.init, reason: x, expires: tomorrow}\n",
      "2:43: 'tomorrow' is no day; write it as 2027-01-31"
    ),
    (
      "drivers: {linux: {recordings: a}}\n"
        + "suppressions: [{rule: core, reason: x, driver: linx}]\n",
      "2:48: no driver 'linx' under 'drivers'; did you mean 'linux'?"
    ),
    ("select: [core\nignore: x\n", "2:7: not YAML: did not find expected ',' or ']'"),
  ]

  @Test(arguments: mistakes.indices)
  func aMistakeIsTold(number: Int) {
    let mistake = Self.mistakes[number]
    #expect(problem(mistake.text) == "p.yml:\(mistake.problem)")
  }

  @Test func everyMistakeIsTold() {
    let text = "fail-on: eror\nside: drver\nselect: [cor]\n"
    #expect(
      problem(text) == """
        p.yml:1:10: unknown severity 'eror'; did you mean 'error'?
        p.yml:3:10: no rule is called 'cor' or begins with it; did you mean 'core'?
        p.yml:2:7: unknown side 'drver'; did you mean 'driver'?
        """)
  }

  @Test func whatIsNoTextIsRefused() {
    #expect(
      problem([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0])?.hasPrefix("p.yml:1:1: not YAML: ") == true)
    #expect(problem([UInt8](repeating: 0, count: 1000))?.contains("not YAML") == true)
  }

  @Test func aHugeFileIsRefused() {
    let text = "p.yml:1:1: a policy of more than 256 KiB is not read"
    #expect(problem([UInt8](repeating: 0x20, count: 1 << 20)) == text)
  }

  /// Thousands of mistakes are found as fast as twenty.
  @Test(.timeLimit(.minutes(1))) func manyMistakesCostLittle() {
    let names = (0..<7000).map { "  - core.init.reset-frist\($0)\n" }.joined()
    let lines = problem("select:\n" + names)?.split(separator: "\n")
    #expect(lines?.count == 20)
  }

  @Test func controlsOfATerminalAreNotRepeated() {
    #expect(problem("\"\\e[31m\": 1\n")?.contains("unknown key '\u{fffd}[31m'") == true)
  }
}
