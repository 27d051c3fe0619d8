import Model
import Policies
import Rules

extension CheckReport {
  /// The report as JUnit XML: a test suite a file, a test case a rule and device.
  ///
  /// A case fails when the check fails for it; a finding below `failOn` stands in its output. A
  /// rule that could not be decided is skipped with the reason, and so is what the policy
  /// suppresses or the baseline holds. A rule that had nothing to judge is no case.
  public var junit: String {
    var suites = files.map { JUnitSuite($0, in: self) }
    if !policyFindings.isEmpty { suites.append(JUnitSuite(policyOf: self)) }
    var writer = XMLWriter()
    writer.element("testsuites", [("name", "vtrace")]) { writer in
      for suite in suites { suite.write(&writer) }
    }
    return writer.text
  }
}

/// The cases of one file.
struct JUnitSuite {
  var name: String
  var cases: [Case] = []

  struct Case {
    var group: String
    var name: String
    var outcome: Outcome
  }

  enum Outcome {
    case passed
    /// Passed with something to say.
    case remarked(String)
    case skipped(String)
    case failed(type: String, message: String, text: String)
    case broken(String)

    /// What outweighs what, when several findings are about one case.
    var rank: Int {
      switch self {
      case .passed: 0
      case .skipped: 1
      case .remarked: 2
      case .failed: 3
      case .broken: 4
      }
    }
  }

  init(_ file: CheckedFile, in report: CheckReport) {
    name = file.path
    if let problem = file.problem {
      cases = [Case(group: file.path, name: "read", outcome: .broken(problem))]
      return
    }
    for (number, device) in file.devices.enumerated() {
      let found = file.findings.filter { Int($0.finding.device) == number }
      add(device, found, group: "\(file.path) \(device.id) (\(device.name))", report)
    }
  }

  /// The policy itself, with a case for each suppression that stands for nothing.
  init(policyOf report: CheckReport) {
    let path = report.policy ?? ""
    name = path
    cases = report.policyFindings.map { finding in
      let fails = report.failOn.map { finding.severity >= $0 } ?? false
      return Case(
        group: path, name: "\(finding.rule) line \(finding.line)",
        outcome: fails
          ? .failed(type: finding.severity.rawValue, message: finding.message, text: "")
          : .remarked(finding.message))
    }
  }

  private mutating func add(
    _ device: CheckedDevice, _ found: [CheckedFinding], group: String, _ report: CheckReport
  ) {
    var outcomes: [String: Outcome] = [:]
    for id in device.rules?.held ?? [] { outcomes[id] = .passed }
    for entry in device.rules?.undecidable ?? [] {
      outcomes[entry.rule] = .skipped("undecidable: \(entry.reason)")
    }
    for checked in found {
      let outcome = Self.outcome(of: checked, in: report)
      for id in [checked.finding.rule] + checked.finding.also
      where outcome.rank > outcomes[id]?.rank ?? -1 || outcomes[id]?.rank ?? 0 < 2 {
        outcomes[id] = outcome
      }
    }
    cases += outcomes.sorted { $0.key < $1.key }.map {
      Case(group: group, name: $0.key, outcome: $0.value)
    }
  }

  private static func outcome(of checked: CheckedFinding, in report: CheckReport) -> Outcome {
    switch checked.state {
    case .accepted: return .skipped("in the baseline: \(checked.finding.message)")
    case .suppressed(let reason): return .skipped("suppressed: \(reason)")
    case .new:
      guard report.fails(checked) else {
        return .remarked("\(checked.severity.rawValue): \(checked.text)")
      }
      return .failed(
        type: checked.severity.rawValue, message: checked.finding.message, text: checked.text)
    }
  }

  func write(_ writer: inout XMLWriter) {
    let skipped = cases.count { if case .skipped = $0.outcome { true } else { false } }
    let failed = cases.count { if case .failed = $0.outcome { true } else { false } }
    let broken = cases.count { if case .broken = $0.outcome { true } else { false } }
    let attributes = [
      ("name", name), ("tests", "\(cases.count)"), ("failures", "\(failed)"),
      ("errors", "\(broken)"), ("skipped", "\(skipped)"),
    ]
    writer.element("testsuite", attributes) { writer in
      for entry in cases { Self.write(entry, &writer) }
    }
  }

  private static func write(_ entry: Case, _ writer: inout XMLWriter) {
    let attributes = [("classname", entry.group), ("name", entry.name)]
    if case .passed = entry.outcome {
      writer.element("testcase", attributes, text: "")
      return
    }
    writer.element("testcase", attributes) { writer in
      switch entry.outcome {
      case .passed: break
      case .remarked(let text): writer.element("system-out", [], text: text)
      case .skipped(let reason): writer.element("skipped", [("message", reason)], text: "")
      case .failed(let type, let message, let text):
        writer.element("failure", [("type", type), ("message", message)], text: text)
      case .broken(let message): writer.element("error", [("message", message)], text: "")
      }
    }
  }
}
