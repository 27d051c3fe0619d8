import Model
import Query
import Rules
import VirtioSpec

/// Findings that are listed, by their places in the index: all of them, or those that a filter wants.
///
/// What was found to be wanted stays so: its records may be dropped while it is looked at.
struct ListedFindings: Sendable {
  /// Places that pass; nil without a filter.
  private(set) var places: [Int]?
  private var answers: [Name: Answer] = [:]

  /// What tells a finding from others while it repeats.
  private struct Name: Hashable {
    var rule: String
    var device: Int32
    var session: Int
    var record: UInt64
  }

  private struct Answer {
    var isWanted: Bool
    /// The last record when it was asked about.
    var last: UInt64
  }

  /// Begins anew, with a filter or without.
  mutating func reset(filtered: Bool) {
    places = filtered ? [] : nil
    answers = [:]
  }

  /// Asks about findings that arose or repeated.
  mutating func take(_ findings: [Finding], _ isWanted: (Finding) -> Bool) {
    guard places != nil else { return }
    var wanted: [Int] = []
    for (place, finding) in findings.enumerated() {
      let name = Name(
        rule: finding.rule, device: finding.device, session: finding.session,
        record: finding.reference.record)
      let last = finding.last.record
      var answer = answers[name]
      if answer == nil || answer?.isWanted == false && answer?.last != last {
        answer = Answer(isWanted: isWanted(finding), last: last)
        answers[name] = answer
      }
      if answer?.isWanted == true { wanted.append(place) }
    }
    places = wanted
  }
}

extension ViewState {
  /// Findings that are listed.
  var listedFindings: [Finding] {
    let all = findings.findings
    return listed.places?.compactMap { all.indices.contains($0) ? all[$0] : nil } ?? all
  }

  /// How many are listed.
  var findingCount: Int { listed.places?.count ?? findings.findings.count }

  /// The finding in a line of the list.
  func finding(at line: Int) -> Finding? {
    let all = findings.findings
    guard line >= 0, line < findingCount else { return nil }
    let place = listed.places?[line] ?? line
    return all.indices.contains(place) ? all[place] : nil
  }

  /// Lists the findings that the filter wants, the selected one still selected if it is among them.
  mutating func listFindings() {
    guard var run else { return }
    let selected = selectedFinding?.reference
    run.findings = findings
    listed.take(findings.findings) { snapshot.passes($0, &run) }
    self.run = run
    guard let selected, selectedFinding?.reference != selected,
      let line = (0..<findingCount).first(where: { finding(at: $0)?.reference == selected })
    else { return }
    findingList.cursor = line
  }
}

extension HistorySnapshot {
  /// Whether a finding is wanted by a filter: where it is true of one of the finding's records, as far
  /// as they are kept, or of the step that it arose at.
  func passes(_ finding: Finding, _ run: inout QueryRun) -> Bool {
    guard devices.indices.contains(Int(finding.device)) else { return false }
    let device = devices[Int(finding.device)]
    let references = [finding.reference, finding.last] + finding.evidence.map(\.reference)
    var isAsked = false
    for record in Set(references.map(\.record)) {
      guard var number = self.number(ofRecord: record) else { continue }
      while let (chunk, place) = locate(number),
        chunk.entries[place].step.reference.record == record
      {
        number &+= 1
        let entry = chunk.entries[place]
        guard entry.device == finding.device, Int(entry.session) == finding.session,
          let subject = chunk.subject(at: place)
        else { continue }
        isAsked = isAsked || record == finding.reference.record
        if run.matches(subject, id: device.id, finding: finding) { return true }
      }
    }
    guard !isAsked else { return false }
    var subject = QuerySubject(
      finding.step ?? Transaction(.otherCommand, at: finding.reference), of: finding.device,
      session: finding.session, in: device.situation(in: finding.session))
    subject.hasStep = finding.step != nil
    return run.matches(subject, id: device.id, finding: finding)
  }
}

extension HistoryChunk {
  /// The transaction at a place, for a filter.
  func subject(at place: Int) -> QuerySubject? {
    let entry = entries[place]
    guard situations.indices.contains(Int(entry.situation)) else { return nil }
    return QuerySubject(
      entry.step, of: entry.device, session: Int(entry.session),
      in: situations[Int(entry.situation)])
  }
}

extension DeviceState {
  /// How a session stands, as far as is known when its steps are not kept any more.
  func situation(in session: Int) -> SessionSituation {
    let isNow = session == self.session
    return SessionSituation(
      transport: transport ?? .pci, type: type, interface: interface,
      status: isNow && isStatusKnown ? status : nil, offered: isNow ? offered : FeatureSet(),
      accepted: isNow ? accepted : FeatureSet())
  }
}
