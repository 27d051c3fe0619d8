import Model
import Query
import Recordings
import Reports
import Rules

/// What `--filter` takes beside the reading itself: findings are known after a recording was read,
/// and a listing may ask for them, so that a file is read more than once.
struct FilteredReading {
  let filter: FindingFilter?
  private let options: Analyze
  private let path: String
  private let hints: [DeviceHint]
  /// What the rules say, where the listing asks and the file can be read twice.
  private var findings: [Finding]?

  private var query: Query? { options.filtering.filter }

  init(_ options: Analyze, path: String, hints: [DeviceHint]) throws(RecordingError) {
    self.options = options
    self.path = path
    self.hints = hints
    filter = options.filtering.filter.map { FindingFilter($0) }
    guard let query, !options.noRules, FindingFilter.canReadAgain(path),
      options.format == .jsonl || options.transactions && query.asksForFindings
    else { return }
    var analysis = Analysis(spec: options.spec)
    for hint in hints { analysis.take(hint) }
    _ = try Recording.read(path: path, into: &analysis)
    analysis.finish()
    let devices = analysis.machine.devices.all
    findings = analysis.verdicts.findings
    try filter?.settle(
      analysis.verdicts.findings.map { ($0, devices[Int($0.device)].id) }, path: path, hints: hints)
  }

  /// The transactions to list.
  func listing(_ output: Output) -> StepListing {
    StepListing(query, devices: options.common.devices, findings: findings, output: output)
  }

  /// Leaves out findings that the filter does not want.
  func keepWanted(in input: inout Report.Input) throws(RecordingError) {
    try filter?.keepWanted(in: &input, path: path, hints: hints)
  }
}
