import Comparison
import Model
import Rules
import VirtioSpec

extension DiffReport {
  /// The report for people.
  ///
  /// `quiet` leaves out the heads, what is the same, and the last line.
  public func text(_ style: Style, quiet: Bool = false) -> String {
    var text = ""
    if !quiet {
      text += "GOOD  " + good.line(style) + "BAD   " + bad.line(style)
      if let filter { text += "FILTER  \(filter)\n" }
      text += "\n"
    }
    for device in comparison.devices where !quiet || !device.isSame {
      text += self.text(of: device, style)
    }
    return quiet ? text : text + foot(style)
  }

  private func foot(_ style: Style) -> String {
    let counts = counts
    guard !comparison.devices.isEmpty else { return "nothing of virtio to compare\n" }
    if comparison.isSame {
      let facts = [
        style.green("no difference") + (filter == nil ? "" : " in what the filter is true of"),
        counted(counts.devicesSame, "device"),
        counted(counts.lives, "life", "lives"), counted(counts.sameSteps, "step"),
      ]
      return facts.joined(separator: "; ") + "\n"
    }
    var facts = [
      style.red("different") + ": \(counts.devicesDifferent) of "
        + counted(counts.devicesDifferent + counts.devicesSame, "device")
    ]
    if counts.devicesUnpaired > 0 { facts.append("\(counts.devicesUnpaired) in one only") }
    if counts.livesUnpaired > 0 {
      facts.append(counted(counts.livesUnpaired, "life", "lives") + " in one only")
    }
    if !counts.words.isEmpty { facts.append(counts.words) }
    if counts.onlyGood > 0 { facts.append("\(counted(counts.onlyGood, "finding")) only in GOOD") }
    if counts.onlyBad > 0 { facts.append("\(counted(counts.onlyBad, "finding")) only in BAD") }
    let words = facts.joined(separator: "; ").split(separator: " ").map(String.init)
    return wrap(words, width: 100).joined(separator: "\n") + "\n"
  }

  // MARK: A device

  private func text(of device: DeviceComparison, _ style: Style) -> String {
    guard let one = device.good ?? device.bad else { return "" }
    var text = title(device, style)
    guard let mine = device.good, let theirs = device.bad else {
      let (here, there) = device.good == nil ? ("BAD", "GOOD") : ("GOOD", "BAD")
      let lives = one.lives.isEmpty ? "it is not driven there" : lives(one)
      return text + "  only in \(here), \(lives); \(there) has no such device\n\n"
    }
    if mine.lives.isEmpty != theirs.lives.isEmpty {
      text += "  no driver takes it in hand in \(mine.lives.isEmpty ? "GOOD" : "BAD")\n"
    }
    for fact in device.facts {
      text += "  " + words(device, nil).headline(fact) + "\n"
    }
    if device.isByOrder { text += "  there are many lives: they are paired by their order\n" }
    text += livesText(device, style)
    text += findings(of: device, style)
    return text + "\n"
  }

  private func lives(_ device: ComparedDevice) -> String {
    counted(device.lives.count, "life", "lives")
  }

  private func title(_ device: DeviceComparison, _ style: Style) -> String {
    guard let one = device.good ?? device.bad else { return "" }
    let other = device.good == nil ? nil : device.bad
    var name = one.id
    if let other, other.id != one.id { name += " and \(other.id) in BAD" }
    var text = "\(one.typeName)"
    if let type = one.type, type.isKnown { text += " (\(type.title))" }
    text += ", virtio-\(one.transport.name)"
    if let other, other.transport != one.transport {
      text += " and virtio-\(other.transport.name) in BAD"
    }
    let why =
      switch device.reason {
      case .type: ", paired by its type"
      case .transport: ", paired by its type; what belongs to a transport is not compared"
      case .option: ", paired as asked"
      default: ""
      }
    let lines = wrap((text + why).split(separator: " ").map(String.init), width: 96 - name.count)
    return style.bold(name) + "  " + lines.joined(separator: "\n  ") + "\n"
  }

  func words(_ device: DeviceComparison, _ life: LifeComparison?) -> StepWords {
    let one = device.good ?? device.bad
    let isLegacy = life.map { ($0.good ?? $0.bad)?.isLegacy ?? false } ?? false
    return StepWords(
      type: one?.type, transport: one?.transport ?? .pci, isLegacy: isLegacy)
  }

  // MARK: Findings

  private func findings(of device: DeviceComparison, _ style: Style) -> String {
    var text = ""
    for (findings, name, input) in [
      (device.onlyGood, "GOOD", good), (device.onlyBad, "BAD", bad),
    ] {
      for finding in findings {
        let head = "\(finding.severity.rawValue)[\(finding.rule)]"
        let place = Places(input.summary).name(finding.reference)
        let line = "finding only in \(name), \(place): \(head): \(finding.message)"
        text += indented(line, by: 2)
      }
    }
    let reasons = Dictionary(grouping: device.undecidable) {
      "\($0.isGood ? "GOOD" : "BAD") has findings that \($0.isGood ? "BAD" : "GOOD") cannot "
        + "decide (\($0.reason))"
    }
    for reason in reasons.keys.sorted() {
      let rules = (reasons[reason] ?? []).map(\.finding.rule)
      text += indented("\(reason): \(rules.joined(separator: " "))", by: 2, style.dim)
    }
    return text
  }

  /// Lines of 100 columns, all of them indented.
  func indented(
    _ text: String, by columns: Int, _ paint: (String) -> String = { $0 }
  ) -> String {
    let margin = String(repeating: " ", count: columns)
    let lines = wrap(text.split(separator: " ").map(String.init), width: 98 - columns)
    return lines.enumerated().map { number, line in
      margin + (number > 0 ? "  " : "") + paint(line) + "\n"
    }.joined()
  }
}

extension Report.Input {
  /// The input in one line.
  fileprivate func line(_ style: Style) -> String {
    let head = head(style)
    return head.split(separator: "\n").first.map { $0 + "\n" } ?? ""
  }
}
