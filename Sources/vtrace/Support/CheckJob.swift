import ArgumentParser
import Model
import Policies
import Recordings
import Reports

/// The work of `check`: files on several threads, reports in the order of the files.
struct CheckJob {
  private let options: Check
  private let setting: CheckSetting
  private let hints: [DeviceHint]
  private let output = Output()
  private let style: Style
  private var report: CheckReport
  private var use: SuppressionUse

  init(options: Check, setting: CheckSetting, hints: [DeviceHint]) {
    self.options = options
    self.setting = setting
    self.hints = hints
    style = Terminal.style(options.common.color)
    report = CheckReport(version: setting.version, tool: Vtrace.version)
    report.policy = setting.policy.path
    report.baseline = setting.baseline?.path
    report.failOn = setting.failOn.severity
    report.isStrict = options.common.strictInput
    use = SuppressionUse(setting.policy)
  }

  var status: Int32 { report.status }

  /// Checks the files and prints what is printed as they come.
  mutating func check(_ entries: [RecordingFinder.Entry]) {
    let formats = [options.format] + options.outputs.map(\.format)
    let check = FileCheck(
      setting: setting, hints: hints, filter: options.filtering.filter,
      choice: Report.Choice(devices: options.common.devices, version: setting.version),
      style: style,
      byDevice: formats.contains(.junit))
    let progress = Progress(
      isOn: options.common.progress == .auto && !options.common.quiet && !entries.isEmpty,
      total: entries.reduce(0) { $0 &+ (FileSize.of($1.path) ?? 0) })
    var done: UInt64 = 0
    var number = 0
    OrderedWork.run(
      count: entries.count, threads: options.jobs ?? StandardStreams.processorCount,
      job: { check.check(entries[$0]) },
      take: { outcome in
        progress.clear()
        take(outcome)
        done &+= FileSize.of(entries[number].path) ?? 0
        number += 1
        progress.report(done)
      })
    progress.clear()
  }

  private mutating func take(_ outcome: FileCheck.Outcome) {
    switch outcome {
    case .passedOver(let path): report.passedOver.append(path)
    case .checked(let file, let used):
      use.add(used)
      report.files.append(file)
      if options.format == .text, !options.writeBaseline {
        output.write(file.text(style, quiet: options.common.quiet))
        output.flush()
      }
      // In text the file's own line says it.
      if let problem = file.problem, options.format != .text || options.common.quiet {
        StandardError.write("vtrace: \(file.path): \(problem)\n")
      }
    }
  }

  /// Writes what is written at the end.
  mutating func finish() throws {
    guard !report.files.isEmpty else {
      StandardError.write("vtrace: no recording is in \(options.paths.joined(separator: ", "))\n")
      throw ExitCode(2)
    }
    report.policyFindings = use.findings(in: setting.policy, today: setting.today)
    if options.writeBaseline { try writeBaseline() }
    // A filter hides what the baseline holds.
    if let baseline = setting.baseline, !options.writeBaseline, options.filtering.filter == nil {
      let found = Set(report.files.flatMap(\.findings).map(\.key))
      report.staleEntries = baseline.keys.subtracting(found).count
    }
    if options.format == .text {
      if options.writeBaseline {
        for file in report.files { output.write(file.text(style, quiet: options.common.quiet)) }
      }
      output.write(report.closing(style, quiet: options.common.quiet))
    } else {
      output.write(options.format.text(of: report, style, quiet: options.common.quiet))
    }
    output.flush()
    for entry in options.outputs {
      let text = entry.format.text(of: report, Style(isColoured: false), quiet: false)
      try TextFile.write(text, to: entry.path)
    }
    if let path = StandardStreams.stepSummary, usesGitHub {
      try TextFile.write(report.markdown, to: path, appends: true)
    }
  }

  private var usesGitHub: Bool {
    options.format == .github || options.outputs.contains { $0.format == .github }
  }

  /// Accepts what was found and not suppressed. A run that missed a file writes nothing: what the
  /// file holds would be new tomorrow.
  private mutating func writeBaseline() throws {
    guard var baseline = setting.baseline else { return }
    guard report.status != 2 else {
      StandardError.write("vtrace: \(baseline.path): not written, because not all was read\n")
      return
    }
    for place in report.files.indices {
      for number in report.files[place].findings.indices {
        let finding = report.files[place].findings[number]
        if case .suppressed = finding.state { continue }
        baseline.keys.insert(finding.key)
        report.files[place].findings[number].state = .accepted
      }
    }
    try TextFile.write(baseline.json, to: baseline.path)
  }
}
