import Model
import Query
import Rules

/// The transactions that are listed: all, or those that a filter wants.
final class StepListing {
  private var run: QueryRun?
  private let devices: [String]
  private let output: Output
  /// The filter asks for findings that are not known before the step was judged: the line waits.
  private let waits: Bool
  private var waiting: (subject: QuerySubject, id: String, line: String)?
  private var subject: QuerySubject?

  /// - Parameters:
  ///   - devices: ids of the devices that are listed; empty for all.
  ///   - findings: what the rules say, where that is known before.
  init(_ query: Query?, devices: [String], findings: [Finding]?, output: Output) {
    run = query.map { QueryRun($0) }
    if let findings { run?.findings = FindingIndex(findings) }
    waits = findings == nil && query?.asksForFindings == true
    self.devices = devices
    self.output = output
  }

  /// Listens to `analysis`; `line` makes the text of a step.
  func listen(to analysis: inout Analysis, line: @escaping (Transaction, Device) -> String) {
    analysis.onTransaction = { step, device in self.take(line(step, device), of: device) }
    guard run != nil || !devices.isEmpty else { return }
    analysis.isWanted = { self.wants($0, $1, $2, &$3) }
    if waits { analysis.onFindings = judged }
  }

  /// The time of the first step.
  private(set) var start: Int64?

  private func wants(
    _ step: Transaction, _ device: Int32, _ id: String, _ session: inout Session
  ) -> Bool {
    if start == nil {
      start = step.reference.time
      run?.start = start
    }
    guard devices.isEmpty || devices.contains(id) else { return false }
    guard run != nil else { return true }
    let subject = QuerySubject(step, of: device, in: &session)
    self.subject = subject
    return waits || run?.matches(subject, id: id) == true
  }

  private func take(_ line: String, of device: Device) {
    guard waits, let subject else { return output.write(line) }
    waiting = (subject, device.id, line)
  }

  /// Decides about the line that waits, now that its step was judged.
  private func judged(_ findings: ArraySlice<Finding>) {
    for finding in findings { run?.findings.add(finding) }
    guard let line = waiting else { return }
    waiting = nil
    if run?.matches(line.subject, id: line.id) == true { output.write(line.line) }
  }
}
