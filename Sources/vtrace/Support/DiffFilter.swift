import ArgumentParser
import Comparison
import Model
import Query
import Recordings
import Reports
import Rules
import VirtioSpec

/// `--filter` at work on one of two recordings that are compared.
final class DiffFilter {
  private var run: QueryRun
  private let findings: FindingFilter
  private let path: String
  private let hints: [DeviceHint]

  /// Reads the recording at `path` first where the filter asks what the rules say of a step.
  init(_ query: Query, path: String, hints: [DeviceHint], spec: SpecVersion) throws {
    run = QueryRun(query)
    findings = FindingFilter(query)
    self.path = path
    self.hints = hints
    guard query.asksForFindings else { return }
    guard FindingFilter.canReadAgain(path) else {
      StandardError.write(
        "vtrace: \(path): a filter that asks for findings needs a recording that can be read twice\n"
      )
      throw ExitCode(2)
    }
    var analysis = Analysis(spec: spec)
    for hint in hints { analysis.take(hint) }
    _ = try Recording.read(path: path, into: &analysis)
    analysis.finish()
    run.findings = FindingIndex(analysis.verdicts.findings)
  }

  /// Lets `collector` keep only what the filter is true of.
  func limit(_ collector: RunCollector) {
    collector.wants = { step, device, id, session in
      self.run.matches(QuerySubject(step, of: device, in: &session), id: id)
    }
  }

  /// Leaves out findings that the filter does not want.
  func keepWanted(in input: inout Report.Input) throws(RecordingError) {
    try findings.keepWanted(in: &input, path: path, hints: hints)
  }
}
