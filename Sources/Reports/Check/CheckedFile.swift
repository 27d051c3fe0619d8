public import Model
public import Policies
public import Rules
public import VirtioSpec

/// What a check came to for one file: findings as the policy sees them, and no more of the analysis
/// than reports need, so that a thousand recordings fit into memory.
public struct CheckedFile: Sendable {
  /// The path as given, or as found in a folder.
  public var path: String
  /// Why it could not be read; nil when it was.
  public var problem: String?
  /// What the reader says of it; nil when it could not be read.
  public var summary: InputSummary?
  public var devices: [CheckedDevice] = []
  public var findings: [CheckedFinding] = []
  /// Findings beyond `findingLimit`.
  public var findingsNotKept: UInt64 = 0
  /// How many rules held, did not apply, and could not be decided.
  public var held = 0
  public var notExercised = 0
  public var undecidable = 0

  /// A recording has a few; only a made one has more.
  public static var findingLimit: Int { 1000 }

  /// A file that could not be read.
  public init(path: String, problem: String) {
    self.path = path
    self.problem = problem
  }

  /// A file that was analyzed.
  ///
  /// - Parameters:
  ///   - subjects: what the policy knows of each of the input's devices.
  ///   - judge: what the policy makes of a finding; nil when it does not count.
  public init(
    _ input: Report.Input, subjects: [PolicySubject],
    judge: (Finding, PolicySubject) -> CheckedFinding?
  ) {
    path = input.summary.path
    summary = input.summary
    held = input.rules.held.count
    notExercised = input.rules.notExercised.count
    undecidable = input.rules.undecidable.count
    for (number, device) in input.devices.enumerated() {
      let rules = input.deviceRules.indices.contains(number) ? input.deviceRules[number] : nil
      devices.append(
        CheckedDevice(subjects[number], title: device.profile.type?.title, rules: rules))
    }
    findingsNotKept = input.findingsNotKept
    for finding in input.findings {
      guard let checked = judge(finding, subjects[Int(finding.device)]) else { continue }
      if findings.count < Self.findingLimit {
        findings.append(checked)
      } else {
        findingsNotKept &+= 1
      }
    }
  }

  /// Leaves out how rules fared that do not count for a device.
  public mutating func keepRules(_ counts: (CatalogueRow, PolicySubject) -> Bool) {
    for number in devices.indices {
      let subject = devices[number].subject
      devices[number].rules?.keep { id in Catalogue.row(id).map { counts($0, subject) } ?? true }
    }
  }

  /// Findings that are neither suppressed nor in the baseline.
  public var new: [CheckedFinding] { findings.filter { $0.state == .new } }

  /// Whether the file ends too soon or is damaged.
  public var isDamaged: Bool {
    summary.map { $0.truncated || !$0.problems.isEmpty } ?? false
  }
}

/// A device of a file that was checked.
public struct CheckedDevice: Sendable {
  public var subject: PolicySubject
  /// Name of the type in the specification.
  public var title: String?
  /// How the rules fared on it, where that was asked for.
  public var rules: RuleVerdicts?

  init(_ subject: PolicySubject, title: String?, rules: RuleVerdicts?) {
    self.subject = subject
    self.title = title
    self.rules = rules
  }

  public var id: String { subject.device.id }
  public var name: String { subject.device.name }
}

/// A finding of a check: what the analysis found, under the rule and severity that the policy gives
/// it, and whether it counts.
public struct CheckedFinding: Sendable {
  public var finding: Finding
  public var state: State
  public var key: FindingKey
  /// The finding as a compiler prints a diagnostic.
  public var text: String
  /// The same with the colours of a terminal, where it has any.
  var styledText: String

  public init(
    _ finding: Finding, state: State, key: FindingKey, text: String, styledText: String? = nil
  ) {
    self.finding = finding
    self.state = state
    self.key = key
    self.text = text
    self.styledText = styledText ?? text
  }

  public enum State: Sendable, Equatable {
    case new
    /// It is in the baseline.
    case accepted
    /// The policy suppresses it, for this reason.
    case suppressed(String)

    /// The word of the JSON report.
    var name: String {
      switch self {
      case .new: "new"
      case .accepted: "accepted"
      case .suppressed: "suppressed"
      }
    }
  }

  public var severity: Severity { finding.severity }
}
