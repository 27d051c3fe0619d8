/// What no recording can decide, as `docs/rules/undecidable.md` lists it.
public enum Undecidable {
  /// A statement, and why nobody can make a rule of it.
  public struct Row: Sendable, Equatable {
    public var id: String
    public var reason: String
  }

  /// The rows of the list.
  public static let rows: [Row] = RulePages.undecidable.split(separator: "\n").compactMap { line in
    guard line.hasPrefix("| `") else { return nil }
    let cells = line.split(separator: "|").map { $0.drop { $0 == " " } }
    guard cells.count == 2 else { return nil }
    let id = cells[0].dropFirst().prefix { $0 != "`" }
    var reason = cells[1]
    while reason.hasSuffix(" ") { reason.removeLast() }
    return Row(id: String(id), reason: String(reason))
  }

  /// The reason of each.
  static let reasons: [String: String] = Dictionary(
    rows.map { ($0.id, $0.reason) }, uniquingKeysWith: { first, _ in first })
}
