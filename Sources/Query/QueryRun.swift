import Model
import Policies
public import Rules
import VirtioSpec

/// A filter at work on one recording.
///
/// Nothing is allocated for a step, unless the filter asks for a text: what is asked of a device's id
/// is answered once a device.
public struct QueryRun {
  public let query: Query
  /// The time from which `time` counts; that of the first step where nobody says.
  public var start: Int64?
  /// What rules said so far.
  public var findings = FindingIndex()
  /// Compiled patterns by test.
  private let patterns: [QueryPattern?]
  /// Tests about the id of the device, and what came of them by device: 0 not asked yet, 1 no,
  /// 2 yes.
  private let idTests: [Int]
  private var idAnswers: [UInt8] = []

  public init(_ query: Query, start: Int64? = nil) {
    self.query = query
    self.start = start
    patterns = query.tests.map { test in
      test.form == .matches ? test.texts.first.flatMap { try? QueryPattern($0) } : nil
    }
    idTests = query.tests.indices.filter { query.tests[$0].field == .device }
  }

  /// Whether the filter is true for `subject`, whose device has the id `id`, with all findings about
  /// its record.
  public mutating func matches(_ subject: QuerySubject, id: String) -> Bool {
    matches(subject, id: id, finding: nil)
  }

  /// The same with one finding, whatever record that is about.
  public mutating func matches(_ subject: QuerySubject, id: String, finding: Finding) -> Bool {
    matches(subject, id: id, finding: .some(finding))
  }

  private mutating func matches(
    _ subject: QuerySubject, id: String, finding: Finding?
  ) -> Bool {
    if start == nil, subject.hasStep { start = subject.step.reference.time }
    askForID(id, of: subject.device)
    return answer(query.root, subject, finding)
  }

  /// Answers the tests about a device's id when it is met for the first time.
  private mutating func askForID(_ id: String, of device: Int32) {
    guard !idTests.isEmpty, device >= 0 else { return }
    let first = Int(device) * idTests.count
    while idAnswers.count < first + idTests.count { idAnswers.append(0) }
    guard idAnswers[first] == 0 else { return }
    for (place, number) in idTests.enumerated() {
      idAnswers[first + place] = passes(id, number) ? 2 : 1
    }
  }

  private func answer(
    _ node: Int, _ subject: QuerySubject, _ finding: Finding?
  ) -> Bool {
    switch query.nodes[node] {
    case .test(let number): return passes(number, subject, finding)
    case .not(let inner): return !answer(inner, subject, finding)
    case .and(let left, let right):
      guard answer(left, subject, finding) else { return false }
      return answer(right, subject, finding)
    case .or(let left, let right):
      if answer(left, subject, finding) { return true }
      return answer(right, subject, finding)
    }
  }

  private func passes(_ number: Int, _ subject: QuerySubject, _ finding: Finding?) -> Bool {
    let field = query.tests[number].field
    if field.isOfFinding {
      if let finding { return passes(finding, number) }
      return findings.contains(
        record: subject.step.reference.record, of: subject.device
      ) { passes($0, number) }
    }
    switch field.kind {
    case .features: return passes(subject.features(of: field), number, subject.type)
    case .mark: return subject.mark(field)
    case .text: return passesText(number, subject)
    default:
      guard let value = subject.number(of: field, start: start ?? 0) else { return false }
      return query.tests[number].passes(value)
    }
  }

  // MARK: features

  private func passes(_ set: FeatureSet?, _ number: Int, _ type: DeviceType?) -> Bool {
    guard let set else { return false }
    switch query.tests[number].form {
    case .equal: return contains(set, number, type)
    case .notEqual: return !contains(set, number, type)
    default: return true
    }
  }

  private func contains(_ set: FeatureSet, _ number: Int, _ type: DeviceType?) -> Bool {
    for bit in query.tests[number].bits where bit.type == nil || bit.type == type?.rawValue {
      if set.contains(bit.bit) { return true }
    }
    return false
  }

  // MARK: texts

  private func passesText(_ number: Int, _ subject: QuerySubject) -> Bool {
    switch query.tests[number].field {
    case .device:
      let place = idTests.firstIndex(of: number) ?? 0
      let answer = Int(subject.device) * idTests.count + place
      return idAnswers.indices.contains(answer) && idAnswers[answer] == 2
    case .config:
      guard let name = subject.configName else { return false }
      return passes(name, number)
    default:
      guard subject.hasStep else { return false }
      return query.tests[number].form == .present || passes(subject.step.text, number)
    }
  }

  private func passes(_ text: String, _ number: Int) -> Bool {
    switch query.tests[number].form {
    case .equal: return isAmong(query.tests[number].texts, text)
    case .notEqual: return !isAmong(query.tests[number].texts, text)
    case .contains: return query.tests[number].texts.contains { text.hasPart($0) }
    case .matches: return patterns[number]?.matches(text) ?? false
    default: return true
    }
  }

  private func isAmong(_ texts: [String], _ text: String) -> Bool {
    for other in texts where other == text { return true }
    return false
  }

  // MARK: findings

  private func passes(_ finding: borrowing Finding, _ number: Int) -> Bool {
    switch query.tests[number].field {
    case .finding: return passesRule(finding.rule, finding.also, number)
    case .severity:
      return query.tests[number].passes(
        UInt64(Severity.allCases.firstIndex(of: finding.severity) ?? 0))
    case .fault: return passesFault(finding.row?.actor, number)
    case .section:
      guard let section = finding.row?.section else { return false }
      return passes(section, number)
    default: return passes(finding.message, number)
    }
  }

  /// A rule that the same event breaks counts like the one that the finding is under.
  private func passesRule(_ rule: String, _ also: [String], _ number: Int) -> Bool {
    switch query.tests[number].form {
    case .equal: return isMeant(rule, number) || also.contains { isMeant($0, number) }
    case .notEqual: return !isMeant(rule, number) && !also.contains { isMeant($0, number) }
    default: return passes(rule, number) || also.contains { passes($0, number) }
    }
  }

  private func isMeant(_ rule: String, _ number: Int) -> Bool {
    query.tests[number].texts.contains { RulePattern($0).matches(rule) }
  }

  /// A statement that both sides have to keep accuses either.
  private func passesFault(_ actor: CatalogueRow.Actor?, _ number: Int) -> Bool {
    switch actor {
    case .driver: query.tests[number].passes(0)
    case .device: query.tests[number].passes(1)
    case .both: query.tests[number].passes(0) || query.tests[number].passes(1)
    case nil: false
    }
  }
}

extension String {
  /// Whether `part` stands in it, without regard to case.
  fileprivate func hasPart(_ part: String) -> Bool {
    let text = Array(lowercased().utf8)
    let wanted = Array(part.lowercased().utf8)
    guard wanted.count <= text.count else { return false }
    for start in 0...(text.count - wanted.count)
    where text[start..<(start + wanted.count)].elementsEqual(wanted) { return true }
    return false
  }
}
