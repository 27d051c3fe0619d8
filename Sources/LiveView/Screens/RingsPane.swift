import Model
import Reports
import Terminal

extension ViewState {
  /// Lines of the rings pane.
  var ringTexts: [String] {
    guard let device = subjectDevice else { return ["no device is selected"] }
    guard let place = shownQueuePlace else { return ["\(device.id): no queue yet"] }
    let state = device.queues[place]
    var lines = ["\(device.id) \(device.typeName), queue \(place + 1) of \(device.queues.count)"]
    let queue = state.queue
    lines.append(
      "  \(queue.isEnabled ? "enabled" : "not enabled"), \(queue.kicks) kicks, "
        + "\(queue.interrupts) interrupts, in flight \(state.inFlight.map { "\($0)" } ?? "unknown")"
    )
    for text in state.totals { lines.append("  " + text) }
    if let rings = state.rings, rings.snapshot.isReadable || snapshot.input.hasMemory {
      lines += RingsReport.lines(rings, Style(isColoured: false), slots: slotColumns)
    } else {
      lines += Self.places(of: state)
      lines.append("  the memory of the rings is not in this recording")
    }
    for hint in state.hints {
      lines.append("  hint: \(hint.text) (record \(hint.reference.record))")
    }
    return lines
  }

  /// Slots of a ring that stand on one line, beside the indexes.
  private var slotColumns: Int {
    let columns = layout.first { $0.pane == .rings }?.frame.columns ?? size.columns
    return columns >= 112 ? 64 : columns >= 64 ? 32 : 16
  }

  private static func places(of state: QueueState) -> [String] {
    let queue = state.queue
    return [
      "  \(state.isPacked ? "packed" : "split"), size \(queue.size), descriptors "
        + "\(hexadecimal(queue.descriptors)), driver \(hexadecimal(queue.driverArea)), device "
        + "\(hexadecimal(queue.deviceArea))"
    ]
  }

  /// Draws the rings of one queue.
  func drawRings(_ grid: inout CellGrid, _ frame: Rectangle) {
    let lines = ringTexts
    for line in 0..<max(frame.rows, 0) {
      let place = ringLines.top + line
      guard lines.indices.contains(place) else { break }
      grid.put(Self.runs(of: lines[place]), line: line, in: frame)
      if place == ringLines.cursor, focus == .rings {
        grid.select(line: line, in: frame, isFocused: true)
      }
    }
  }

  /// The line with faults and the picture in colour.
  private static func runs(of line: String) -> [Run] {
    let text = line.drop { $0 == " " }
    if text.hasPrefix("fault") { return [Run(line, Look.problem)] }
    if text.hasPrefix("hint") || text.hasPrefix("undecidable") { return [Run(line, Look.note)] }
    let parts = text.split(separator: " ", maxSplits: 2)
    guard parts.count >= 2, parts[0].allSatisfy(\.isNumber),
      parts[1].allSatisfy({ $0 == "#" || $0 == "." })
    else { return [Run(line)] }
    let indent = line.prefix { $0 == " " }
    var runs = [Run("\(indent)\(parts[0]) ", Look.dim)]
    for slot in parts[1] {
      runs.append(Run(String(slot), slot == "#" ? Look.lit : Look.dim))
    }
    if parts.count > 2 { runs.append(Run(" \(parts[2])", Look.note)) }
    return runs
  }
}
