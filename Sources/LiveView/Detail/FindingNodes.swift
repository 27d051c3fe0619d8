import Model
import Rules
import Terminal
import VirtioSpec

extension ViewState {
  /// A finding with its clause and what proves it.
  func nodes(of finding: Finding) -> [DetailNode] {
    let head = "\(finding.severity.rawValue)[\(finding.rule)]: \(finding.message)"
    var children = wrapped(clause(of: finding))
    for evidence in finding.evidence {
      children += wrapped("\(place(evidence.reference)): \(evidence.text)")
    }
    if let step = finding.step {
      children.append(DetailNode("\(place(finding.reference)): \(step.text)"))
    }
    if finding.count > 1 {
      children.append(
        DetailNode("\(finding.count) times in this session, last at \(place(finding.last))"))
    }
    if !finding.also.isEmpty {
      children += wrapped("also: \(finding.also.joined(separator: ", "))")
    }
    if let help = finding.help ?? finding.row?.statement { children += wrapped("help: \(help)") }
    return [DetailNode(head, Look.severity(finding.severity), key: finding.rule, children)]
  }

  private func clause(of finding: Finding) -> String {
    guard let row = finding.row else { return "no clause" }
    let side = row.actor == .both ? "driver or device" : row.actor.rawValue
    guard !row.isProposal else { return "\(side) at fault, by a proposal of 2021" }
    let heading = row.label.split(separator: "/").last.map { String($0).trimmed } ?? row.label
    return "\(side) at fault: \(row.level.rawValue), virtio 1.4, \(row.section), \(heading)"
  }

  /// `line 203` or `record 203`.
  func place(_ reference: RecordReference) -> String {
    snapshot.input.placesAreLines ? "line \(reference.location)" : "record \(reference.record)"
  }

  /// `text` as lines that fit the pane.
  func wrapped(_ text: String) -> [DetailNode] {
    let frame = layout.first { $0.pane == .detail }?.frame
    let width = max((frame?.columns ?? size.columns) - 8, 20)
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = "  "
      }
      line += line.isEmpty || line == "  " ? String(word) : " " + word
    }
    return (lines + [line]).map { DetailNode($0) }
  }
}
