/// The page of a rule: prose for people, with traces that the tests run.
///
///     # ID
///     …
///     ## Broken      every trace announces at least one finding
///     ## Kept        no trace announces any
public struct RulePage: Sendable {
  public var id: String
  public var broken: [Trace] = []
  public var kept: [Trace] = []

  /// Reads a page; nil when it has no title.
  public init?(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let title = lines.first, title.hasPrefix("# ") else { return nil }
    id = String(title.dropFirst(2))
    var section = ""
    var open: Trace?
    for (offset, line) in lines.enumerated() {
      if line.hasPrefix("## ") { section = String(line.dropFirst(3)) }
      if let trace = open, line.hasPrefix("```") {
        if section == "Broken" { broken.append(trace) } else { kept.append(trace) }
        open = nil
      } else if line.hasPrefix("```trace") {
        open = Trace(
          header: String(line.dropFirst(8)), line: offset + 2, lines: [],
          description: "\(id):\(offset + 2)")
      } else {
        open?.lines.append(line)
      }
    }
  }
}
