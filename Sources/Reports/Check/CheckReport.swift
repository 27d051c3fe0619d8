import Model
public import Policies
public import Rules
public import VirtioSpec

/// What a check came to over all its files: the one value that every format of `check` writes.
public struct CheckReport: Sendable {
  public var files: [CheckedFile] = []
  /// Files in folders that are no recordings.
  public var passedOver: [String] = []
  /// The policy's file; nil for none.
  public var policy: String?
  public var policyFindings: [PolicyFinding] = []
  /// The baseline's file; nil for none.
  public var baseline: String?
  /// Entries of the baseline that were not found again.
  public var staleEntries = 0
  /// The least severity that fails; nil for none.
  public var failOn: Severity?
  /// Damage is a failure.
  public var isStrict = false
  public var version: SpecVersion
  /// Version of the program.
  public var tool: String

  public init(version: SpecVersion = .latest, tool: String) {
    self.version = version
    self.tool = tool
  }

  /// The exit status that the contract promises.
  public var status: Int32 {
    if files.contains(where: { $0.problem != nil }) { return 2 }
    if isStrict, files.contains(where: \.isDamaged) { return 2 }
    guard let failOn else { return 0 }
    let isBad = files.contains { file in
      file.findings.contains { $0.state == .new && $0.severity >= failOn }
    }
    return isBad || policyFindings.contains { $0.severity >= failOn } ? 1 : 0
  }

  /// Whether the finding makes the check fail.
  func fails(_ finding: CheckedFinding) -> Bool {
    finding.state == .new && failOn.map { finding.severity >= $0 } ?? false
  }

  /// Findings that count, and why others do not.
  var counts: Counts { Counts(files, policyFindings) }

  /// How many of what.
  struct Counts {
    var new: [Severity: Int] = [:]
    var suppressed = 0
    var accepted = 0
    var unreadable = 0
    /// Files in which nothing new was found.
    var clean = 0

    init(_ files: [CheckedFile], _ policyFindings: [PolicyFinding] = []) {
      for file in files {
        if file.problem != nil { unreadable += 1 } else if file.new.isEmpty { clean += 1 }
        for finding in file.findings {
          switch finding.state {
          case .new: new[finding.severity, default: 0] += 1
          case .accepted: accepted += 1
          case .suppressed: suppressed += 1
          }
        }
      }
      for finding in policyFindings { new[finding.severity, default: 0] += 1 }
    }

    /// `2 errors, 1 warning; 1 suppressed, 3 in the baseline`; empty when there is nothing.
    var text: String {
      let found = Severity.allCases.reversed().compactMap { severity in
        new[severity].map { counted($0, severity.rawValue) }
      }
      var rest: [String] = []
      if suppressed > 0 { rest.append("\(suppressed) suppressed") }
      if accepted > 0 { rest.append("\(accepted) in the baseline") }
      return [found, rest].map { $0.joined(separator: ", ") }.filter { !$0.isEmpty }
        .joined(separator: "; ")
    }
  }
}

extension CheckedFile {
  /// Where in the file a finding is, for a person: `line 12` or `offset 380, record 4`.
  func place(_ finding: Finding) -> String {
    summary?.placesAreLines == true
      ? "line \(finding.reference.location)"
      : "record \(finding.reference.record), offset \(finding.reference.location)"
  }

  /// The line of a finding in a text recording, 1 in a binary one, which has no lines.
  func line(of finding: Finding) -> UInt64 {
    summary?.placesAreLines == true ? max(finding.reference.location, 1) : 1
  }

  func device(of finding: Finding) -> CheckedDevice { devices[Int(finding.device)] }
}
