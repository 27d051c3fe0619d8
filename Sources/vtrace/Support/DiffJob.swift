import ArgumentParser
import Comparison
import Model
import Query
import Recordings
import Reports
import Rules

/// The work of `diff`: two analyses, and the comparison of what they kept.
struct DiffJob {
  let options: Diff

  /// The report, and whether an input is cut short or damaged.
  func report() throws -> (DiffReport, isDamaged: Bool) {
    guard let hints = HintFiles.read(options.common.hints),
      let goodHints = HintFiles.read(options.goodHints),
      let badHints = HintFiles.read(options.badHints)
    else { throw ExitCode(2) }
    let good = try read(options.good, hints + goodHints)
    let bad = try read(options.bad, hints + badHints)
    for pair in options.pair {
      try check(pair.good, good, "GOOD")
      try check(pair.bad, bad, "BAD")
    }
    let wanted = options.common.devices
    for id in wanted where !good.has(id) && !bad.has(id) {
      StandardError.write("vtrace: neither recording has a device \(id)\n")
      throw ExitCode(2)
    }
    var report = DiffReport(
      good: good.input, good.run, bad: bad.input, bad.run, version: options.spec,
      named: options.pair.map { ($0.good, $0.bad) },
      isWanted: { wanted.isEmpty || wanted.contains($0) })
    report.filter = options.filtering.filter?.text
    report.context = options.context
    report.showsAll = options.all
    let isDamaged = [good, bad].contains {
      $0.input.summary.truncated || !$0.input.summary.problems.isEmpty
    }
    return (report, isDamaged)
  }

  private struct Side {
    var input: Report.Input
    var run: ComparedRun

    func has(_ id: String) -> Bool { run.devices.contains { $0.id == id } }
  }

  private func check(_ id: String, _ side: Side, _ name: String) throws {
    guard !side.has(id) else { return }
    StandardError.write("vtrace: --pair: \(name) has no device \(id)\n")
    throw ExitCode(2)
  }

  private func read(_ path: String, _ hints: [DeviceHint]) throws -> Side {
    let filter = try options.filtering.filter.map {
      try DiffFilter($0, path: path, hints: hints, spec: options.spec)
    }
    let progress = Progress(
      isOn: options.common.progress == .auto && !options.common.quiet, path: path)
    var analysis = Analysis(spec: options.spec)
    for hint in hints { analysis.take(hint) }
    let collector = RunCollector()
    collector.listen(to: &analysis)
    filter?.limit(collector)
    var summary = try Recording.read(path: path, into: &analysis, onProgress: progress.report)
    progress.clear()
    analysis.finish()
    for hint in analysis.machine.hintProblems {
      summary.note("device hint: \(hint.problem)", at: hint.reference.location)
    }
    var input = Report.Input(
      summary, analysis, choice: Report.Choice(version: options.spec), byDevice: true)
    try filter?.keepWanted(in: &input)
    return Side(input: input, run: collector.run(of: analysis, summary))
  }
}
