import Model
import Query
import Rules
import Terminal

extension ViewState {
  /// The line of a finding.
  func findingLine(_ finding: Finding, columns: Int) -> [Run] {
    let style = Look.severity(finding.severity)
    var runs = [
      Run(finding.severity.rawValue.fitted(8), style),
      Run("\(finding.reference.record)".aligned(7) + " ", Look.dim),
    ]
    if columns >= 100 { runs.append(Run(deviceName(finding.device).fitted(deviceColumns) + " ")) }
    if finding.count > 1 { runs.append(Run("\(finding.count)× ", Look.dim)) }
    runs.append(Run(finding.message))
    runs.append(Run("  \(finding.rule)", Look.dim))
    return runs
  }

  /// Draws the list of findings.
  func drawFindings(_ grid: inout CellGrid, _ frame: Rectangle) {
    let all = findings.findings
    for line in 0..<max(frame.rows, 0) {
      let place = findingList.top + line
      guard all.indices.contains(place) else { break }
      grid.put(findingLine(all[place], columns: frame.columns), line: line, in: frame, shift: shift)
      if place == findingList.cursor {
        grid.select(line: line, in: frame, isFocused: focus == .findings)
      }
    }
    guard all.isEmpty else { return }
    let text = snapshot.input.hasEnded ? "no finding" : "no finding yet"
    grid.put([Run(text, Look.dim)], line: 0, in: frame)
  }
}
