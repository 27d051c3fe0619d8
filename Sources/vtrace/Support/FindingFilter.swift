import Model
import Query
import Recordings
import Reports
import Rules

/// Which findings a filter wants: those for which it is true at one of their records.
///
/// The records of a finding are known when it is made, and may lie far back: the recording is read
/// a second time, and the filter asked at those records alone. What cannot be read twice is judged
/// by the step that the finding is about.
final class FindingFilter {
  private let query: Query
  /// The wanted ones; nil while they are not known.
  private(set) var wanted: Set<Key>?

  /// What tells a finding from others.
  struct Key: Hashable {
    var rule: String
    var device: String
    var session: Int
    var record: UInt64

    init(_ finding: Finding, of device: String) {
      rule = finding.rule
      self.device = device
      session = finding.session
      record = finding.reference.record
    }
  }

  init(_ query: Query) { self.query = query }

  /// Whether the input at `path` can be read twice.
  static func canReadAgain(_ path: String) -> Bool { FileSize.of(path) != nil }

  /// Reads the recording again and finds out which of `findings` are wanted.
  ///
  /// - Parameter findings: each with the id of its device.
  func settle(
    _ findings: [(Finding, String)], path: String, hints: [DeviceHint]
  ) throws(RecordingError) {
    let trial = FindingTrial(query, findings)
    if !findings.isEmpty { try trial.read(path, hints: hints) }
    wanted = trial.wanted
  }

  /// Whether `finding` about `device` is wanted.
  func wants(_ finding: Finding, of device: Device) -> Bool {
    if let wanted { return wanted.contains(Key(finding, of: device.id)) }
    let session = device.finished.first { $0.index == finding.session } ?? device.current
    var subject = QuerySubject(at: finding.reference, of: finding.device, in: session)
    if let step = finding.step {
      subject.step = step
      subject.hasStep = true
    }
    var run = QueryRun(query, start: start)
    return run.matches(subject, id: device.id, finding: finding)
  }

  /// Leaves out findings that the filter does not want of what the recording at `path` came to.
  func keepWanted(
    in input: inout Report.Input, path: String, hints: [DeviceHint]
  ) throws(RecordingError) {
    let devices = input.devices
    if wanted == nil, Self.canReadAgain(path) {
      try settle(
        input.findings.map { ($0, devices[Int($0.device)].id) }, path: path, hints: hints)
    }
    learnStart(devices)
    input.findings.removeAll { !wants($0, of: devices[Int($0.device)]) }
  }

  /// The time of the first step, where it is known.
  private var start: Int64?

  /// Takes from the devices when the first step was.
  func learnStart(_ devices: [Device]) {
    guard wanted == nil, start == nil else { return }
    start = devices.compactMap { device in
      let first = device.finished.first ?? device.current
      return first.firstRecord.isSet ? first.firstRecord.time : nil
    }.min()
  }
}

/// A second reading for a filter's sake.
private final class FindingTrial {
  private let findings: [(Finding, String)]
  /// Numbers of findings by the records that they cite.
  private var citing: [UInt64: [Int]] = [:]
  private var run: QueryRun
  private(set) var wanted: Set<FindingFilter.Key> = []

  init(_ query: Query, _ findings: [(Finding, String)]) {
    self.findings = findings
    run = QueryRun(query)
    for (number, entry) in findings.enumerated() {
      let references =
        [entry.0.reference, entry.0.last] + entry.0.evidence.map(\.reference)
      for record in Set(references.map(\.record)) { citing[record, default: []].append(number) }
    }
  }

  func read(_ path: String, hints: [DeviceHint]) throws(RecordingError) {
    var analysis = Analysis()
    analysis.judges = false
    for hint in hints { analysis.take(hint) }
    analysis.onTransaction = { _, _ in }
    analysis.isWanted = { step, device, id, session in
      self.ask(step, device, id, &session)
      return false
    }
    _ = try Recording.read(path: path, into: &analysis)
    analysis.finish()
    askWithoutSteps(analysis.machine.devices.all)
  }

  private func ask(
    _ step: Transaction, _ device: Int32, _ id: String, _ session: inout Session
  ) {
    if run.start == nil { run.start = step.reference.time }
    guard let numbers = citing[step.reference.record] else { return }
    let subject = QuerySubject(step, of: device, in: &session)
    for number in numbers where findings[number].1 == id {
      let finding = findings[number].0
      guard finding.session == session.index else { continue }
      seen.insert(number)
      if run.matches(subject, id: id, finding: finding) {
        wanted.insert(FindingFilter.Key(finding, of: id))
      }
    }
  }

  /// Findings of which a record is a step.
  private var seen: Set<Int> = []

  /// Asks about findings none of whose records is a step of their device.
  private func askWithoutSteps(_ devices: [Device]) {
    for (number, entry) in findings.enumerated() where !seen.contains(number) {
      guard let place = devices.firstIndex(where: { $0.id == entry.1 }) else { continue }
      let device = devices[place]
      let session = device.finished.first { $0.index == entry.0.session } ?? device.current
      let subject = QuerySubject(at: entry.0.reference, of: Int32(place), in: session)
      if run.matches(subject, id: entry.1, finding: entry.0) {
        wanted.insert(FindingFilter.Key(entry.0, of: entry.1))
      }
    }
  }
}
