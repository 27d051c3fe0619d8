import Model
import Rules

extension Report {
  /// The report for people: a block a device, then the findings as a compiler prints diagnostics.
  ///
  /// `quiet` leaves out everything but findings.
  public func text(_ style: Style, quiet: Bool = false) -> String {
    var text = ""
    for input in inputs {
      if !quiet {
        text += input.head(style)
        for device in input.devices { text += input.text(of: device, style) }
        text += input.socketText(style)
      }
      for finding in input.findings { text += input.text(of: finding, style) }
      if !quiet { text += input.foot(style) }
    }
    return text
  }
}

extension Report.Input {
  /// What the input is, and what is odd about it.
  func head(_ style: Style) -> String {
    var facts = [summary.format, counted(summary.records, "record")]
    if let first = summary.firstTime, let last = summary.lastTime, last > first {
      facts.append(duration(last &- first))
    }
    if summary.lost > 0 { facts.append("\(counted(summary.lost, "event")) lost") }
    if summary.lost == 0, summary.lostUnknown { facts.append("events lost") }
    var text = style.bold(summary.path) + ": " + facts.joined(separator: ", ") + "\n"
    for remark in summary.remarks { text += style.dim("  \(remark)") + "\n" }
    if !summary.skipped.isEmpty { text += style.dim(skippedLines) }
    for problem in summary.problems {
      let place = summary.placesAreLines ? "line \(problem.place)" : "offset \(problem.place)"
      text += style.yellow("damaged") + " at \(place): \(problem.text)\n"
    }
    if summary.problemsNotKept > 0 {
      text += style.yellow("damaged") + " at \(summary.problemsNotKept) more places\n"
    }
    if summary.truncated {
      text += style.yellow("truncated") + ": the input ends in the middle of a record; "
      text += "everything before it was analyzed\n"
    }
    if devices.isEmpty, sockets.packets == 0 {
      text += "no virtio device was seen in this recording; if it starts after the devices were\n"
      text += "enumerated, describe them with --hint (docs/encapsulation.md, device hint)\n"
    }
    return text + "\n"
  }

  /// What was passed over: the commonest reasons, and how many more there are.
  private var skippedLines: String {
    let ordered = summary.skipped.sorted { ($1.count, $0.first) < ($0.count, $1.first) }
    var words = ordered.prefix(4).map { "\($0.count) \($0.reason)" }
    if ordered.count > 4 {
      let rest = ordered.dropFirst(4).map(\.count).reduce(0, +)
      words.append("\(rest) of \(ordered.count - 4) more kinds")
    }
    let total = ordered.map(\.count).reduce(0, +)
    let line = "skipped \(counted(total, "record")): \(words.joined(separator: ", "))"
    let lines = wrap(line.split(separator: " ").map(String.init), width: 96)
    return lines.map { "  \($0)\n" }.joined()
  }

  /// The last line: what was found, or that nothing was.
  func foot(_ style: Style) -> String {
    var facts: [String] = []
    if devices.isEmpty, findings.isEmpty {
      return sockets.packets > 0 ? "no device to judge\n" : "nothing of virtio to judge\n"
    } else if findings.isEmpty {
      facts.append(style.green("no violation found"))
    } else {
      for severity in Severity.allCases.reversed() {
        let count = findings.count { $0.severity == severity }
        if count > 0 { facts.append(counted(count, severity.rawValue)) }
      }
    }
    facts.append("\(counted(rules.held.count, "rule")) held")
    facts.append("\(rules.notExercised.count) not exercised")
    if !rules.undecidable.isEmpty {
      facts.append("\(rules.undecidable.count) not decidable from this recording (\(reasons))")
    }
    let words = facts.joined(separator: "; ").split(separator: " ").map(String.init)
    return wrap(words, width: 100).joined(separator: "\n") + "\n"
  }

  /// Why rules could not be decided, the commonest reason first.
  private var reasons: String {
    var counts: [(reason: String, count: Int)] = []
    for entry in rules.undecidable {
      if let place = counts.firstIndex(where: { $0.reason == entry.reason }) {
        counts[place].count += 1
      } else {
        counts.append((entry.reason, 1))
      }
    }
    let ordered = counts.sorted { ($1.count, $0.reason) < ($0.count, $1.reason) }
    return ordered.map { "\($0.count): \($0.reason)" }.joined(separator: ", ")
  }
}
