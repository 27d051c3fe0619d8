import Model
import Policies
import Rules

extension CheckedFile {
  /// The file's line, and its new findings as a compiler prints diagnostics; `quiet` leaves the
  /// line out.
  public func text(_ style: Style, quiet: Bool = false) -> String {
    var text = quiet ? "" : "\(style.bold(printable(path))): \(verdict(style))\n"
    for finding in new { text += style.isColoured ? finding.styledText : finding.text }
    if findingsNotKept > 0 { text += "\(findingsNotKept) more findings are not kept\n" }
    return text
  }

  private func verdict(_ style: Style) -> String {
    guard let summary else { return style.red("not read") + ": \(printable(problem ?? ""))" }
    let counts = CheckReport.Counts([self])
    let found = counts.new.isEmpty ? [style.green("clean")] : []
    var facts = found + [counts.text].filter { !$0.isEmpty }
    if summary.truncated { facts.append(style.yellow("truncated")) }
    if !summary.problems.isEmpty {
      let first = summary.problems[0]
      let place = summary.placesAreLines ? "line \(first.place)" : "offset \(first.place)"
      facts.append(style.yellow("damaged") + " at \(place)")
    }
    var about = [summary.format]
    about.append(devices.isEmpty ? "no virtio device seen" : counted(devices.count, "device"))
    if !devices.isEmpty {
      about.append("\(counted(held, "rule")) held")
      if undecidable > 0 { about.append("\(undecidable) not decidable") }
    }
    return facts.joined(separator: "; ") + style.dim(" (\(about.joined(separator: ", ")))")
  }
}

extension CheckReport {
  /// What is wrong with the policy, then one line over all files; `quiet` leaves that out.
  public func closing(_ style: Style, quiet: Bool = false) -> String {
    var text = ""
    for finding in policyFindings {
      let name = "\(finding.severity.rawValue)[\(finding.rule)]"
      let shown = finding.severity == .error ? style.red(name) : style.yellow(name)
      text += shown + style.bold(": \(printable(finding.message))") + "\n"
      text += "  " + style.dim("-->") + " \(printable(policy ?? "")):\(finding.line)\n\n"
    }
    return quiet ? text : text + total + "\n"
  }

  /// `3 files: 1 clean, 1 with findings, 1 not read; 1 error, 2 warnings`.
  var total: String {
    let counts = counts
    var parts: [String] = []
    if counts.clean > 0 { parts.append("\(counts.clean) clean") }
    let found = files.count - counts.clean - counts.unreadable
    if found > 0 { parts.append("\(found) with findings") }
    if counts.unreadable > 0 { parts.append("\(counts.unreadable) not read") }
    var facts = ["\(counted(files.count, "file")): " + parts.joined(separator: ", ")]
    if !counts.text.isEmpty { facts.append(counts.text) }
    if staleEntries > 0 {
      facts.append(
        "\(counted(staleEntries, "entry", "entries")) of the baseline not found again")
    }
    if !passedOver.isEmpty {
      facts.append("\(counted(passedOver.count, "file")) passed over, not recordings")
    }
    return facts.joined(separator: "; ")
  }
}

/// `text` on one line: a path may hold anything, and a terminal or a log obeys some of it.
func printable(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
    return text
  }
  var shown = ""
  for scalar in text.unicodeScalars {
    shown.unicodeScalars.append(scalar.properties.generalCategory == .control ? "\u{fffd}" : scalar)
  }
  return shown
}
