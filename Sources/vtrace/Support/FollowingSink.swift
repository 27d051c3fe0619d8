import Model
import Reports
import Rules
import VirtioSpec

/// Takes accesses into an analysis, and writes transactions, sessions and findings as they come
/// where the format asks for it.
struct FollowingSink: AccessSink {
  var analysis: Analysis
  private let format: Analyze.FormatOption
  /// Ids of the devices that are written; empty for all.
  private let devices: [String]
  private let filter: FindingFilter?
  private let output: Output
  private let lines = JSONLines()
  private var summary: InputSummary
  /// Told while the recording is read, before its summary is there.
  let told = Told()
  private var findingsWritten = 0
  private var sessionsWritten: [Int] = []

  init(_ options: Analyze, path: String, filter: FindingFilter?, output: Output) {
    analysis = Analysis(spec: options.spec)
    format = options.format
    devices = options.common.devices
    self.filter = filter
    self.output = output
    summary = InputSummary(path: path)
  }

  /// Begins to write transactions.
  mutating func listen(_ listing: StepListing) {
    if format == .jsonl {
      let lines = lines
      listing.listen(to: &analysis) { lines.transaction($0, of: $1) }
      listenToSockets { lines.socketPacket($0) }
    } else {
      var first: Int64?
      listenToSockets { step in
        let start = listing.start ?? first ?? step.packet.reference.time
        first = start
        return SocketLine(start: start).text(step) + "\n"
      }
      var start: Int64?
      listing.listen(to: &analysis) { step, device in
        let first = listing.start ?? start ?? step.reference.time
        start = first
        return TransactionLine(start: first).text(step, of: device) + "\n"
      }
    }
  }

  /// Packets between sockets belong to no device: where devices or steps of them are chosen they are
  /// left out.
  private mutating func listenToSockets(_ line: @escaping (SocketTable.Step) -> String) {
    guard devices.isEmpty, filter == nil else { return }
    let output = output
    analysis.onSocketStep = { output.write(line($0)) }
  }

  mutating func receive(_ batch: Span<Access>, payload: RawSpan) {
    analysis.receive(batch, payload: payload)
    if format == .jsonl { follow() }
  }

  /// Ends the recording.
  mutating func finish(_ summary: InputSummary) {
    self.summary = summary
    analysis.finish()
  }

  /// Writes what came since the last batch, so that whoever reads the pipe sees it now.
  private mutating func follow() {
    summary.placesAreLines = told.placesAreLines
    writeSessions()
    let all = analysis.verdicts.findings
    if all.count > findingsWritten {
      let input = Report.Input(summary, analysis)
      filter?.learnStart(input.devices)
      for finding in all.dropFirst(findingsWritten)
      where !finding.isAbsorbed && isChosen(finding, input.devices[Int(finding.device)]) {
        output.write(lines.finding(finding, in: input))
      }
      findingsWritten = all.count
    }
    output.flush()
  }

  /// What the reader said of the input before its first access.
  final class Told {
    var placesAreLines = false
  }

  private func isChosen(_ device: Device) -> Bool {
    devices.isEmpty || devices.contains(device.id)
  }

  private func isChosen(_ finding: Finding, _ device: Device) -> Bool {
    isChosen(device) && filter?.wants(finding, of: device) ?? true
  }

  private mutating func writeSessions() {
    let all = analysis.machine.devices.all
    for (place, device) in all.enumerated() {
      if sessionsWritten.count <= place { sessionsWritten.append(0) }
      for session in device.finished.dropFirst(sessionsWritten[place]) where isChosen(device) {
        output.write(lines.session(session, of: device, isLast: false, summary: summary))
      }
      sessionsWritten[place] = device.finished.count
    }
  }

  /// Writes the sessions that go on at the end, the findings of the end and the summary.
  mutating func close(_ input: Report.Input) {
    follow()
    for device in analysis.machine.devices.all where device.current.steps > 0 && isChosen(device) {
      output.write(lines.session(device.current, of: device, isLast: true, summary: summary))
    }
    for connection in input.sockets.connections { output.write(lines.connection(connection)) }
    output.write(lines.summary(input))
  }
}
