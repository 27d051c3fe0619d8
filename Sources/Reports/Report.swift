public import Model
public import Rules
public import VirtioSpec

/// What an analysis came to, for one or more inputs: the one value that every writer writes.
public struct Report: Sendable {
  public var inputs: [Input]

  public init(inputs: [Input]) { self.inputs = inputs }

  /// One recording with what it showed.
  public struct Input: Sendable {
    public var summary: InputSummary
    public var devices: [Device]
    public var findings: [Finding]
    /// Findings beyond what is kept.
    public var findingsNotKept: UInt64
    public var rules: RuleVerdicts
    /// How the rules fared on each of `devices`.
    public var deviceRules: [RuleVerdicts] = []
    /// Connections of sockets, where the recording is of vsock monitoring or has the packets of a socket
    /// device in memory.
    public var sockets: SocketTable
    /// Accesses that touched no virtio device.
    public var foreign: UInt64
    /// Devices and sessions beyond what is kept.
    public var devicesNotKept: UInt64

    /// Takes what `analysis`, which has been finished, found in the input of `summary`.
    ///
    /// - Parameter byDevice: whether `deviceRules` are wanted.
    public init(
      _ summary: InputSummary, _ analysis: Analysis, choice: Choice = Choice(),
      byDevice: Bool = false
    ) {
      self.summary = summary
      let all = analysis.machine.devices.all
      // Findings number devices by their place in `devices` from here on.
      var places: [Int32: Int32] = [:]
      var taken: [Device] = []
      for (number, device) in all.enumerated() where choice.takes(device) {
        places[Int32(number)] = Int32(taken.count)
        taken.append(device)
      }
      devices = taken
      findings = analysis.verdicts.findings
        .compactMap { finding in
          guard !finding.isAbsorbed, choice.takes(finding), let place = places[finding.device]
          else { return nil }
          var finding = finding
          finding.device = place
          return finding
        }
        .sorted { ($0.reference, $0.device) < ($1.reference, $1.device) }
      findingsNotKept = analysis.verdicts.findingsNotKept
      rules = RuleVerdicts(analysis.summary, evidence: summary.evidence, choice: choice)
      if byDevice {
        let summaries = analysis.deviceSummaries
        deviceRules = all.indices.filter { choice.takes(all[$0]) }.map { number in
          RuleVerdicts(
            summaries.indices.contains(number) ? summaries[number] : RuleSummary(),
            evidence: summary.evidence, choice: choice)
        }
      }
      sockets = choice.devices.isEmpty ? analysis.machine.allSockets : SocketTable()
      foreign = analysis.machine.foreign
      devicesNotKept = analysis.machine.devices.devicesNotKept
    }
  }

  /// Which devices and rules a report is about.
  public struct Choice: Sendable {
    /// Ids of devices; empty for all.
    public var devices: [String]
    /// The version that was judged by: rules that came with a later one are left out.
    public var version: SpecVersion

    public init(devices: [String] = [], version: SpecVersion = .latest) {
      self.devices = devices
      self.version = version
    }

    func takes(_ device: Device) -> Bool { devices.isEmpty || devices.contains(device.id) }

    func takes(_ finding: Finding) -> Bool { finding.row.map(takes) ?? true }

    func takes(_ row: CatalogueRow) -> Bool {
      row.holds(in: version)
    }
  }

  /// The worst finding, nil when there is none.
  public var worst: Severity? {
    inputs.flatMap(\.findings).map(\.severity).max()
  }
}

/// How the rules fared over an input.
public struct RuleVerdicts: Sendable {
  public var violated: [String] = []
  public var held: [String] = []
  public var notExercised: [String] = []
  public var undecidable: [(rule: String, reason: String)] = []

  /// Sums the verdicts; a rule whose evidence the recording lacks is undecidable unless it was
  /// found broken all the same.
  init(_ summary: RuleSummary, evidence: EvidenceSet, choice: Report.Choice) {
    for (place, id) in RuleSet.ids.enumerated() {
      let row = RuleSet.rows[place]
      guard row.map(choice.takes) ?? true else { continue }
      let verdict = summary.verdict(at: place)
      switch verdict {
      case .violated: violated.append(id)
      case .undecidable(let reason): undecidable.append((id, reason.rawValue))
      case .held, .notExercised:
        if let missing = row.flatMap({ Self.missing($0.evidence, in: evidence) }) {
          undecidable.append((id, missing.rawValue))
        } else if verdict == .held {
          held.append(id)
        } else {
          notExercised.append(id)
        }
      }
    }
  }

  /// Leaves out rules for which `isWanted` is false.
  mutating func keep(_ isWanted: (String) -> Bool) {
    violated.removeAll { !isWanted($0) }
    held.removeAll { !isWanted($0) }
    notExercised.removeAll { !isWanted($0) }
    undecidable.removeAll { !isWanted($0.rule) }
  }

  /// The first kind of evidence that a row needs and the recording lacks.
  private static func missing(
    _ needed: CatalogueRow.Evidence, in evidence: EvidenceSet
  ) -> UndecidableReason? {
    if needed.contains(.interrupts), !evidence.contains(.interrupt) {
      return .interruptsNotRecorded
    }
    if needed.contains(.ring) || needed.contains(.ringHistory), !evidence.contains(.memory) {
      return .noRingMemory
    }
    return nil
  }
}
