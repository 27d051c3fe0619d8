import Comparison
import Model

extension DiffReport {
  /// The lives of a device: what is the same in a line, the first difference with what is around it,
  /// the others in a line each.
  func livesText(_ device: DeviceComparison, _ style: Style) -> String {
    var text = ""
    var isFirst = true
    for life in device.lives {
      text += self.text(of: life, in: device, isFirst: isFirst, style)
      if !life.differences.isEmpty { isFirst = false }
    }
    return text
  }

  private func text(
    of life: LifeComparison, in device: DeviceComparison, isFirst: Bool, _ style: Style
  ) -> String {
    guard let mine = life.good, let theirs = life.bad else { return unpaired(life) }
    let name =
      mine.session == theirs.session
      ? "session \(mine.session)" : "session \(mine.session), \(theirs.session) in BAD"
    guard let first = life.differences.first else {
      let lines = "  \(name): " + style.green("the same") + ", \(counted(life.sameCount, "step"))\n"
      return lines + remarks(life, style)
    }
    let words = words(device, life)
    var text = indented(
      "\(name), \(isFirst ? "first difference" : "difference"), \(places(first)): "
        + style.bold(words.headline(first)), by: 2)
    guard isFirst || showsAll else {
      return text + rest(life, style) + remarks(life, style)
    }
    text += hunks(life, words, style)
    return text + rest(life, style) + remarks(life, style)
  }

  private func unpaired(_ life: LifeComparison) -> String {
    let (one, name, other, summary) =
      life.good != nil
      ? (life.good, "GOOD", "BAD", good.summary) : (life.bad, "BAD", "GOOD", bad.summary)
    guard let one else { return "" }
    let places = Places(summary)
    return "  session \(one.session) of \(name), \(places.name(one.first)) to "
      + "\(places.name(one.last)), \(counted(one.steps.count, "step")): \(other) has no such life\n"
  }

  private func places(_ difference: Difference) -> String {
    var words: [String] = []
    if let step = difference.good {
      words.append("\(Places(good.summary).name(step.first)) of GOOD")
    }
    if let step = difference.bad { words.append("\(Places(bad.summary).name(step.first)) of BAD") }
    return words.joined(separator: ", ")
  }

  /// What else differs in the life.
  private func rest(_ life: LifeComparison, _ style: Style) -> String {
    var text = ""
    if life.differences.count > 1 {
      var counts = DiffCounts()
      for difference in life.differences.dropFirst() {
        counts.kinds[difference.kind, default: 0] += 1
      }
      text += indented("then: \(counts.words)", by: 4)
    }
    if let side = life.endsEarly { text += ends(life, side) }
    return text
  }

  /// Where one life ends before the other: what came of the recording.
  private func ends(_ life: LifeComparison, _ side: LifeComparison.Side) -> String {
    let (one, name, summary) =
      side == .good ? (life.good, "GOOD", good.summary) : (life.bad, "BAD", bad.summary)
    guard let one, !one.isReset else { return "" }
    let places = Places(summary)
    let left = (summary.lastTime ?? one.last.time) &- one.last.time
    var text =
      "\(name) ends first: the last access to the device in this life is "
      + "\(places.name(one.last)), "
    text +=
      left > 0
      ? "\(duration(left)) before the end of the recording" : "the last one of the recording"
    if summary.truncated { text += ", which is cut short" }
    return indented(text, by: 4)
  }

  private func remarks(_ life: LifeComparison, _ style: Style) -> String {
    life.remarks.map { indented($0, by: 4, style.dim) }.joined()
  }

  // MARK: Hunks

  /// The first difference, or all of them, with the steps around it.
  private func hunks(_ life: LifeComparison, _ words: StepWords, _ style: Style) -> String {
    let differing = life.lines.indices.filter { life.lines[$0].difference != nil }
    guard let first = differing.first else { return "" }
    var text = ""
    for range in showsAll ? ranges(differing, life) : [range(from: first, in: life)] {
      if !text.isEmpty { text += style.dim("    …") + "\n" }
      for line in life.lines[range] { text += rows(line, words, style) }
    }
    return text
  }

  /// Differing lines that are shown of a row of them, unless all are wanted.
  private static var rowLimit: Int { 12 }

  private func range(from first: Int, in life: LifeComparison) -> Range<Int> {
    var end = first
    while end < life.lines.count, life.lines[end].difference != nil,
      end - first < Self.rowLimit
    {
      end += 1
    }
    return max(0, first - context)..<min(life.lines.count, end + context)
  }

  /// Ranges around all differences; those that touch are one.
  private func ranges(_ differing: [Int], _ life: LifeComparison) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    for place in differing {
      let range = max(0, place - context)..<min(life.lines.count, place + context + 1)
      if let last = ranges.last, range.lowerBound <= last.upperBound {
        ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        ranges.append(range)
      }
    }
    return ranges
  }

  private func rows(_ line: ComparedLine, _ words: StepWords, _ style: Style) -> String {
    switch (line.good, line.bad) {
    case (let good?, let bad?) where line.difference == nil:
      return row(" ", good, bad, words.text(good), style)
    case (let good?, let bad?) where words.text(good) == words.text(bad):
      return row("~", good, bad, words.text(good), style, style.yellow)
    default:
      var text = ""
      if let step = line.good { text += row("-", step, nil, words.text(step), style, style.red) }
      if let step = line.bad { text += row("+", nil, step, words.text(step), style, style.green) }
      return text
    }
  }

  /// A row: marker, the record in either recording, the step.
  private func row(
    _ mark: String, _ good: ComparedStep?, _ bad: ComparedStep?, _ text: String, _ style: Style,
    _ paint: (String) -> String = { $0 }
  ) -> String {
    let width = placeWidth
    let mine = good.map { Places(self.good.summary).name($0.first) } ?? ""
    let theirs = bad.map { Places(self.bad.summary).name($0.first) } ?? ""
    let margin = "  \(mark) \(padded(mine, width))  \(padded(theirs, width))  "
    let lines = wrap(text.split(separator: " ").map(String.init), width: 98 - margin.count)
    return lines.enumerated().map { number, line in
      paint((number == 0 ? margin : String(repeating: " ", count: margin.count + 2)) + line) + "\n"
    }.joined()
  }

  /// Columns that the name of a record takes.
  private var placeWidth: Int {
    let width = max(Places(good.summary).width, Places(bad.summary).width)
    return min(max(width, 8), 18)
  }
}

extension Places {
  /// Columns that the name of the last record takes.
  fileprivate var width: Int { (areLines ? "line " : "record ").count + "\(last)".count }
}
