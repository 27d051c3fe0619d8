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
    for line in 0..<max(frame.rows, 0) {
      let place = findingList.top + line
      guard let finding = finding(at: place) else { break }
      grid.put(findingLine(finding, columns: frame.columns), line: line, in: frame, shift: shift)
      if place == findingList.cursor {
        grid.select(line: line, in: frame, isFocused: focus == .findings)
      }
    }
    guard findingCount == 0 else { return }
    let isEmpty = findings.findings.isEmpty
    let text =
      (isEmpty ? "no finding" : "no finding passes the filter")
      + (snapshot.input.hasEnded || !isEmpty ? "" : " yet")
    grid.put([Run(text, Look.dim)], line: 0, in: frame)
  }
}
