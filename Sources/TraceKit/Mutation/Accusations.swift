import Model
import Rules

/// What the rules found in one analysis, in a form in which two analyses can be compared.
struct Accusations: Sendable {
  /// One rule and the device that it is about.
  struct Key: Hashable, Sendable {
    var rule: String
    var device: String
  }

  /// The records at which findings begin, and how often the rule was broken.
  private struct Entry: Sendable {
    var records: Set<UInt64> = []
    var count: UInt64 = 0
  }

  private var entries: [Key: Entry] = [:]
  /// The findings with the id of their device.
  private(set) var findings: [(finding: Finding, device: String)] = []

  init(_ analysis: Analysis) {
    for finding in analysis.verdicts.findings where !finding.isAbsorbed {
      let device = analysis.machine.devices[finding.device].id
      findings.append((finding, device))
      for rule in [finding.rule] + finding.also {
        entries[Key(rule: rule, device: device), default: Entry()].records
          .insert(finding.reference.record)
        entries[Key(rule: rule, device: device), default: Entry()].count &+= finding.count
      }
    }
  }

  /// Whether this has something of `key` that `known` has not.
  func adds(_ key: Key, to known: Accusations) -> Bool {
    guard let entry = entries[key] else { return false }
    guard let before = known.entries[key] else { return true }
    return entry.count > before.count || !entry.records.isSubset(of: before.records)
  }

  /// Rules and devices that this accuses more often than `known` does.
  func added(to known: Accusations) -> [Key] {
    entries.keys.filter { key in (entries[key]?.count ?? 0) > (known.entries[key]?.count ?? 0) }
      .sorted { ($0.rule, $0.device) < ($1.rule, $1.device) }
  }

  /// Whether `rule` is broken in a session of a device.
  func accuses(_ rule: String, _ device: String, session: Int) -> Bool {
    findings.contains {
      $0.device == device && $0.finding.session == session
        && ($0.finding.rule == rule || $0.finding.also.contains(rule))
    }
  }

  /// The rules that stand in one finding with `key`.
  func companions(of key: Key) -> Set<String> {
    var result: Set<String> = []
    for (finding, device) in findings where device == key.device {
      let rules = [finding.rule] + finding.also
      if rules.contains(key.rule) { result.formUnion(rules) }
    }
    return result
  }

  /// The message of the finding that holds `key`.
  func message(of key: Key, notIn known: Accusations) -> String {
    let before = known.entries[key]?.records ?? []
    let candidates = findings.filter {
      $0.device == key.device && ([$0.finding.rule] + $0.finding.also).contains(key.rule)
    }
    let chosen =
      candidates.first { !before.contains($0.finding.reference.record) } ?? candidates.first
    guard let finding = chosen?.finding else { return "" }
    return "record \(finding.reference.record / RecordedAccesses.step): \(finding.message)"
  }
}
