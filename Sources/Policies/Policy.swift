public import Rules
public import VirtioSpec

/// What a project wants of its recordings: the contents of `.vtrace.yml`.
public struct Policy: Sendable {
  /// The file it was read from; nil for none.
  public var path: String?
  /// The version of the specification to judge by, where the policy says one.
  public var spec: SpecVersion?
  public var failOn: FailLevel?
  /// The baseline's file, as the policy names it.
  public var baseline: String?
  /// For everything.
  public var base = RuleChoice()
  /// For some devices; later ones win over earlier ones, and all over `base`.
  public var devices: [(selector: DeviceSelector, choice: RuleChoice)] = []
  /// For the recordings of some drivers; these win over `devices`.
  public var drivers: [Driver] = []
  public var suppressions: [Suppression] = []

  public init() {}

  /// A driver as the policy names it, and the recordings that it was recorded in: a recording does
  /// not tell by itself who drove the device.
  public struct Driver: Sendable {
    public var name: String
    public var recordings: [Glob]
    public var choice: RuleChoice

    public init(name: String, recordings: [Glob], choice: RuleChoice) {
      self.name = name
      self.recordings = recordings
      self.choice = choice
    }
  }

  /// The least severity that fails a run.
  public enum FailLevel: String, Sendable, CaseIterable {
    case note, warning, error, never

    /// Nil for `never`.
    public var severity: Severity? { Severity(rawValue: rawValue) }
  }

  /// The names of the drivers that were recorded in the file at `path`.
  public func drivers(of path: String) -> [String] {
    drivers.filter { $0.recordings.contains { $0.matches(path) } }.map(\.name)
  }

  /// What was chosen for the subject, what wins last.
  private func choices(for subject: PolicySubject) -> [RuleChoice] {
    [base] + devices.filter { $0.selector.matches(subject.device) }.map(\.choice)
      + drivers.filter { subject.drivers.contains($0.name) }.map(\.choice)
  }

  /// Whether the rule of `row` counts for the subject.
  public func counts(_ row: CatalogueRow, for subject: PolicySubject) -> Bool {
    let choices = choices(for: subject)
    let side = choices.compactMap(\.side).last ?? .both
    guard side == .both || row.actor == .both || row.actor.rawValue == side.rawValue else {
      return false
    }
    return choices.reduce(true) { $1.counts(row.id, before: $0) }
  }

  /// The finding as the policy sees it: under the first of its rules that counts, with the severity
  /// that is wanted; nil when none counts.
  public func view(_ finding: Finding, of subject: PolicySubject) -> Finding? {
    let ids = [finding.rule] + finding.also
    let counting = ids.filter { id in Catalogue.row(id).map { counts($0, for: subject) } ?? true }
    guard let rule = counting.first else { return nil }
    var finding = finding
    finding.rule = rule
    finding.also = Array(counting.dropFirst())
    finding.row = Catalogue.row(rule)
    finding.changedSeverity = choices(for: subject).compactMap { $0.severity(of: rule) }.last
    return finding
  }

  /// Whether and how the policy's own finding `id` counts: its severity, nil when it is ignored.
  public func severity(ofOwn id: String) -> Severity? {
    guard base.counts(id, before: true) else { return nil }
    return base.severity(of: id) ?? .warning
  }
}

/// What a finding is about.
public struct PolicySubject: Sendable {
  public var device: PolicyDevice
  /// Names of the drivers of the policy that were recorded in the file.
  public var drivers: [String]

  public init(device: PolicyDevice, drivers: [String]) {
    self.device = device
    self.drivers = drivers
  }
}
