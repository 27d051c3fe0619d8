import Model
import Policies
import PolicyFiles
import Query
import Recordings
import Reports
import Rules
import VirtioSpec

/// The check of one file: from a path to findings as the policy sees them. It shares nothing with
/// other files, so that several run at once.
struct FileCheck: Sendable {
  let setting: CheckSetting
  let hints: [DeviceHint]
  let filter: Query?
  let choice: Report.Choice
  let style: Style
  /// How the rules fared on each device is wanted.
  let byDevice: Bool

  /// What came of a file.
  enum Outcome: Sendable {
    case checked(CheckedFile, SuppressionUse)
    /// A file of a folder that is no recording.
    case passedOver(String)
  }

  func check(_ entry: RecordingFinder.Entry) -> Outcome {
    var analysis = Analysis(spec: choice.version)
    for hint in hints { analysis.take(hint) }
    do throws(RecordingError) {
      var summary = try Recording.read(path: entry.path, into: &analysis)
      for hint in analysis.machine.hintProblems {
        summary.note("device hint: \(hint.problem)", at: hint.reference.location)
      }
      analysis.finish()
      return try judge(Report.Input(summary, analysis, choice: choice, byDevice: byDevice))
    } catch {
      if case .unknownFormat = error.reason, !entry.isNamed,
        !RecordingFinder.promisesRecording(entry.path)
      {
        return .passedOver(entry.path)
      }
      let problem = error.description.dropFirst(error.path.count + 2)
      return .checked(
        CheckedFile(path: entry.path, problem: String(problem)), SuppressionUse(setting.policy))
    }
  }

  private func judge(_ input: Report.Input) throws(RecordingError) -> Outcome {
    let policy = setting.policy
    let place = policy.path.map { PolicyPaths.path(input.summary.path, from: $0) }
    let drivers = policy.drivers(of: place ?? input.summary.path)
    let subjects = input.devices.map { device in
      PolicySubject(
        device: PolicyDevice(
          id: device.id, name: device.typeName, transport: device.profile.transport.name),
        drivers: drivers)
    }
    var use = SuppressionUse(policy)
    for subject in subjects { use.note(subject, in: policy) }
    let filter = try filter(of: input, subjects)
    var file = CheckedFile(input, subjects: subjects) { finding, subject in
      guard let seen = policy.view(finding, of: subject) else { return nil }
      let key = FindingKey(seen, of: subject.device)
      let state: CheckedFinding.State
      if let suppression = use.take(seen, of: subject, in: policy, today: setting.today) {
        state = .suppressed(suppression.reason)
      } else {
        state = setting.baseline?.keys.contains(key) == true ? .accepted : .new
      }
      // A suppression of what is not shown is in use all the same.
      guard filter?.wants(seen, of: input.devices[Int(seen.device)]) ?? true else { return nil }
      return CheckedFinding(
        seen, state: state, key: key, text: input.text(of: seen, Style(isColoured: false)),
        styledText: style.isColoured ? input.text(of: seen, style) : nil)
    }
    file.keepRules { policy.counts($0, for: $1) }
    return .checked(file, use)
  }

  /// The filter, which knows the findings of the input as the policy sees them.
  private func filter(
    of input: Report.Input, _ subjects: [PolicySubject]
  ) throws(RecordingError) -> FindingFilter? {
    guard let query = filter else { return nil }
    let filter = FindingFilter(query)
    guard FindingFilter.canReadAgain(input.summary.path) else {
      filter.learnStart(input.devices)
      return filter
    }
    let findings = input.findings.map { finding in
      let subject = subjects[Int(finding.device)]
      return (setting.policy.view(finding, of: subject) ?? finding, subject.device.id)
    }
    try filter.settle(findings, path: input.summary.path, hints: hints)
    return filter
  }
}
