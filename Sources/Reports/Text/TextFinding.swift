import Model
public import Rules
import VirtioSpec

extension Report.Input {
  /// One finding as a compiler prints a diagnostic: what, where, the records that prove it, the
  /// clause, who is at fault, and what to do.
  public func text(of finding: Finding, _ style: Style) -> String {
    let places = Places(summary)
    let device = devices[Int(finding.device)]
    var text = head(of: finding, style) + "\n"
    text += "  " + style.dim("-->") + " \(location(finding.reference))"
    text += ", \(device.id) (\(device.typeName)), session \(finding.session)\n"
    for evidence in finding.evidence {
      text += "   " + style.dim("|") + " \(places.name(evidence.reference)): \(evidence.text)\n"
    }
    if let step = finding.step {
      let meaning = session(of: finding).map { step.meaning(in: $0) } ?? ""
      let shown = meaning.isEmpty ? step.text : "\(step.text) ; \(meaning)"
      text += "   " + style.dim("|") + " \(places.name(finding.reference)): \(shown)\n"
    }
    text += "   " + style.dim("=") + " \(clause(of: finding))\n"
    if finding.count > 1 {
      text += "   " + style.dim("=")
      text += " \(finding.count) times in this session, last at \(places.name(finding.last))\n"
    }
    if !finding.also.isEmpty {
      text += "   " + style.dim("=") + " also: \(finding.also.joined(separator: ", "))\n"
    }
    let help = finding.help ?? finding.row.map { "\($0.statement) (vtrace rules \(finding.rule))" }
    if let help { text += "   " + style.dim("=") + " help: \(help)\n" }
    return text + "\n"
  }

  /// The session that a finding is about, where it was kept.
  private func session(of finding: Finding) -> Session? {
    devices[Int(finding.device)].sessions.first { $0.index == finding.session }
  }

  private func head(of finding: Finding, _ style: Style) -> String {
    let name = "\(finding.severity.rawValue)[\(finding.rule)]"
    let shown =
      switch finding.severity {
      case .error: style.red(name)
      case .warning: style.yellow(name)
      case .note: style.cyan(name)
      }
    return shown + style.bold(": \(finding.message)")
  }

  /// `good.qemu.log:203 (record 190, 0.001234567 s)`.
  private func location(_ reference: RecordReference) -> String {
    let places = Places(summary)
    let path = printable(summary.path)
    let place =
      summary.placesAreLines
      ? "\(path):\(reference.location)" : "\(path) offset \(reference.location)"
    return "\(place) (record \(reference.record), \(places.since(reference)) s)"
  }

  private func clause(of finding: Finding) -> String {
    guard let row = finding.row else { return "" }
    let side = row.actor == .both ? "driver or device" : row.actor.rawValue
    let fault = "\(side) at fault: \(row.level.rawValue)"
    guard !row.isProposal else {
      return fault + ", by a proposal of 2021 that is not text of the specification"
    }
    // The label names the block by its path; its last part is the heading that people know.
    let heading = row.label.split(separator: "/").last.map(String.init) ?? row.label
    let text =
      fault + ", virtio \(SpecVersion.latest), \(row.section), \(heading.drop { $0 == " " })"
    guard finding.spec != .latest else { return text }
    let isPlain = row.hasKeyword && !row.hasKeyword(in: finding.spec)
    return text + "; judged by virtio \(finding.spec)"
      + (isPlain ? ", which says it without a keyword" : "")
  }
}
