import Model
import Policies
import Recordings
import Reports
import Rules

/// The work of `analyze`: one analysis an input, one report over all of them.
struct AnalyzeJob {
  let options: Analyze
  let output: Output
  let hints: [DeviceHint]
  private var inputs: [Report.Input] = []
  private var failed = false

  init(options: Analyze, output: Output, hints: [DeviceHint]) {
    self.options = options
    self.output = output
    self.hints = hints
  }

  /// Analyzes one input; what cannot be read is said on standard error, and the others go on.
  mutating func analyze(_ path: String) {
    let progress = Progress(
      isOn: options.common.progress == .auto && !options.common.quiet, path: path)
    do {
      let reading = try FilteredReading(options, path: path, hints: hints)
      try read(path, reading, progress)
    } catch {
      progress.clear()
      failed = true
      output.flush()
      StandardError.write("vtrace: \(error.description)\n")
    }
  }

  private mutating func read(
    _ path: String, _ reading: FilteredReading, _ progress: Progress
  ) throws(RecordingError) {
    var sink = FollowingSink(options, path: path, filter: reading.filter, output: output)
    sink.analysis.judges = !options.noRules
    if options.format == .jsonl || options.format == .text && options.transactions {
      sink.listen(reading.listing(output))
    }
    for hint in hints { sink.analysis.take(hint) }
    let told = sink.told
    var summary = try Recording.read(
      path: path, into: &sink, onProgress: progress.report,
      onRecognized: { told.placesAreLines = $0 })
    progress.clear()
    for hint in sink.analysis.machine.hintProblems {
      summary.note("device hint: \(hint.problem)", at: hint.reference.location)
    }
    sink.finish(summary)
    var input = Report.Input(summary, sink.analysis, choice: options.choice)
    try reading.keepWanted(in: &input)
    inputs.append(input)
    if options.format == .jsonl { sink.close(input) }
  }

  /// Prints the report.
  func finish() {
    let report = Report(inputs: inputs)
    switch options.format {
    case .text:
      output.write(report.text(Terminal.style(options.common.color), quiet: options.common.quiet))
    case .json: output.write(report.json)
    case .jsonl: break
    }
  }

  /// The status to exit with, nil for 0.
  var exitStatus: Int32? {
    if failed { return 2 }
    let damaged = inputs.contains { $0.summary.truncated || !$0.summary.problems.isEmpty }
    if options.common.strictInput, damaged { return 2 }
    guard let limit = options.failOn.severity,
      let worst = Report(inputs: inputs).worst, worst >= limit
    else { return nil }
    return 1
  }
}
