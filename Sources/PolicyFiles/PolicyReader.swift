public import Policies
import Rules
import VirtioSpec
import YAML

/// Reads a policy, the contents of `.vtrace.yml`; docs/check.md describes it.
public struct PolicyReader {
  private var mistakes = Mistakes()
  private var policy = Policy()

  private static let choiceKeys = ["select", "ignore", "severity", "side"]
  private static let keys =
    ["spec", "fail-on", "baseline"] + choiceKeys + ["devices", "drivers", "suppressions"]

  /// A policy is written by hand; what is larger is none.
  public static var sizeLimit: Int { 1 << 18 }

  /// The policy in `bytes`, which were read from `path`.
  public static func read(_ bytes: [UInt8], path: String) throws(PolicyProblem) -> Policy {
    guard bytes.count <= sizeLimit else {
      let text = "a policy of more than \(sizeLimit >> 10) KiB is not read"
      throw PolicyProblem(
        path: path, mistakes: [YAMLProblem(text, at: YAMLMark(line: 1, column: 1))])
    }
    var reader = PolicyReader()
    do throws(YAMLProblem) {
      if let root = try YAMLReader.read(bytes), !root.isNull { reader.read(root) }
    } catch {
      throw PolicyProblem(path: path, mistakes: [error])
    }
    guard reader.mistakes.all.isEmpty else {
      throw PolicyProblem(path: path, mistakes: reader.mistakes.all)
    }
    reader.policy.path = path
    return reader.policy
  }

  private mutating func read(_ root: YAMLNode) {
    let fields = Fields(root, of: "a policy", keys: Self.keys, &mistakes)
    if let spec = fields.text("spec", &mistakes) {
      policy.spec = SpecVersion(spec.text)
      if policy.spec == nil {
        let known = SpecVersion.allCases.map(\.description)
        mistakes.unknown(spec.text, at: spec.mark, "version of the specification", among: known)
      }
    }
    if let level = fields.text("fail-on", &mistakes) {
      policy.failOn = mistakes.word(level.text, at: level.mark, "severity")
    }
    policy.baseline = fields.text("baseline", &mistakes)?.text
    policy.base = choice(fields)
    for entry in fields.entries("devices", &mistakes) { readDevice(entry) }
    for entry in fields.entries("drivers", &mistakes) { readDriver(entry) }
    readSuppressions(fields)
  }

  /// The part of a mapping that chooses rules.
  private mutating func choice(_ fields: Fields) -> RuleChoice {
    var choice = RuleChoice()
    choice.select = fields.texts("select", &mistakes).compactMap { pattern($0.text, at: $0.mark) }
    choice.ignore = fields.texts("ignore", &mistakes).compactMap { pattern($0.text, at: $0.mark) }
    for entry in fields.entries("severity", &mistakes) {
      guard let pattern = pattern(entry.key, at: entry.keyMark) else { continue }
      guard let text = entry.value.text else {
        mistakes.add(
          "the severity of a rule is a word, not \(entry.value.kind)", at: entry.value.mark)
        continue
      }
      let severity: Severity? = mistakes.word(text, at: entry.value.mark, "severity")
      if let severity {
        choice.severity.append(RuleChoice.Change(pattern: pattern, severity: severity))
      }
    }
    if let side = fields.text("side", &mistakes) {
      choice.side = mistakes.word(side.text, at: side.mark, "side")
    }
    return choice
  }

  private mutating func pattern(_ text: String, at mark: YAMLMark) -> RulePattern? {
    guard !RulePattern.known.contains(text) else { return RulePattern(text) }
    guard !mistakes.isFull else { return nil }
    let hint = NearestName.hint(text, among: RulePattern.known)
    let list = hint.isEmpty ? "; 'vtrace rules' lists them" : hint
    mistakes.add("no rule is called \(quoted(text)) or begins with it\(list)", at: mark)
    return nil
  }

  private mutating func selector(_ text: String, at mark: YAMLMark) -> DeviceSelector? {
    let selector = DeviceSelector(text)
    guard !selector.isID, !DeviceSelector.known.contains(text) else { return selector }
    guard !mistakes.isFull else { return nil }
    let hint = NearestName.hint(text, among: DeviceSelector.known)
    let list = hint.isEmpty ? "; there are device types such as blk, transports, and ids" : hint
    mistakes.add("unknown device \(quoted(text))\(list)", at: mark)
    return nil
  }

  private mutating func readDevice(_ entry: YAMLNode.Entry) {
    let selector = selector(entry.key, at: entry.keyMark)
    let fields = Fields(entry.value, of: "a device", keys: Self.choiceKeys, &mistakes)
    let choice = choice(fields)
    if let selector { policy.devices.append((selector, choice)) }
  }

  private mutating func readDriver(_ entry: YAMLNode.Entry) {
    let keys = ["recordings"] + Self.choiceKeys
    let fields = Fields(entry.value, of: "a driver", keys: keys, &mistakes)
    let globs = fields.texts("recordings", &mistakes)
    if fields["recordings"] == nil, case .mapping = entry.value.content {
      mistakes.add("the driver \(quoted(entry.key)) names no recordings", at: entry.keyMark)
    }
    for glob in globs where glob.text.utf8.count > 1024 {
      mistakes.add("a pattern of more than 1024 bytes", at: glob.mark)
    }
    policy.drivers.append(
      Policy.Driver(
        name: entry.key, recordings: globs.map { Glob($0.text) }, choice: choice(fields)))
  }

  private mutating func readSuppressions(_ fields: Fields) {
    guard let node = fields["suppressions"] else { return }
    guard case .sequence(let items) = node.content else {
      mistakes.add("'suppressions' needs a list, not \(node.kind)", at: node.mark)
      return
    }
    for item in items { readSuppression(item) }
  }

  private mutating func readSuppression(_ item: YAMLNode) {
    let keys = ["rule", "device", "driver", "reason", "expires"]
    let fields = Fields(item, of: "a suppression", keys: keys, &mistakes)
    guard case .mapping = item.content else { return }
    for key in ["rule", "reason"] where fields[key] == nil {
      mistakes.add("a suppression needs '\(key)'", at: item.mark)
    }
    let reason = fields.text("reason", &mistakes)
    if let reason, !reason.text.contains(where: { !$0.isWhitespace }) {
      mistakes.add("a suppression needs a reason with something in it", at: reason.mark)
    }
    let expires = expiry(fields)
    let device = fields.text("device", &mistakes).flatMap { selector($0.text, at: $0.mark) }
    let driver = fields.text("driver", &mistakes)
    if let driver, !mistakes.isFull, !policy.drivers.contains(where: { $0.name == driver.text }) {
      let names = policy.drivers.map(\.name)
      let hint = NearestName.hint(driver.text, among: names)
      mistakes.add("no driver \(quoted(driver.text)) under 'drivers'\(hint)", at: driver.mark)
    }
    guard let rule = fields.text("rule", &mistakes), let pattern = pattern(rule.text, at: rule.mark)
    else { return }
    policy.suppressions.append(
      Suppression(
        rule: pattern, device: device, driver: driver?.text, reason: reason?.text ?? "",
        expires: expires, line: item.mark.line))
  }

  private mutating func expiry(_ fields: Fields) -> CalendarDate? {
    guard let text = fields.text("expires", &mistakes) else { return nil }
    let date = CalendarDate(text.text)
    if date == nil {
      mistakes.add(
        "\(quoted(text.text)) is no day; write it as 2027-01-31", at: text.mark)
    }
    return date
  }
}
