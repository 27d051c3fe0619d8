import VirtioSpec

/// How much of the catalogue the rules check.
public struct Coverage: Sendable {
  /// Every area that begins as was asked for, in the order of the catalogue.
  public private(set) var areas: [Area] = []
  /// All areas together.
  public private(set) var total = Area(name: "total")
  /// Counted statements that no recording can decide, with the reason.
  public private(set) var undecidable: [Undecidable.Row] = []
  /// Counted statements with neither a rule nor a reason.
  public private(set) var missing: [String] = []
  /// Rules of statements that do not count, such as what is only allowed.
  public private(set) var uncounted = 0

  /// Statements whose ids begin alike.
  public struct Area: Sendable, Equatable {
    public var name: String
    /// Statements that count.
    public var rows = 0
    /// Those that have a rule.
    public var implemented = 0
    /// Those whose rule shows itself broken in a trace that the tests run.
    public var tested = 0
    /// Those that no recording can decide.
    public var undecidable = 0
    /// Those with neither.
    public var missing: Int { rows - implemented - undecidable }
  }

  /// Counts the statements whose ids begin with `prefix`; areas are one part of an id finer than
  /// it.
  public init(prefix: String = "") {
    let rules = Set(RuleSet.ids)
    let tested = RulePages.broken
    let reasons = Undecidable.reasons
    for row in Catalogue.rows where row.id.hasPrefix(prefix) {
      let hasRule = rules.contains(row.id)
      guard row.isCounted else {
        if hasRule { uncounted += 1 }
        continue
      }
      let reason = hasRule ? nil : reasons[row.id]
      count(in: Self.area(of: row.id, below: prefix)) { area in
        area.rows += 1
        if hasRule { area.implemented += 1 }
        if hasRule, tested.contains(row.id) { area.tested += 1 }
        if reason != nil { area.undecidable += 1 }
      }
      if let reason {
        undecidable.append(Undecidable.Row(id: row.id, reason: reason))
      } else if !hasRule {
        missing.append(row.id)
      }
    }
  }

  /// Counts in the area `name` and in the total.
  private mutating func count(in name: String, _ change: (inout Area) -> Void) {
    if let place = areas.firstIndex(where: { $0.name == name }) {
      change(&areas[place])
    } else {
      var area = Area(name: name)
      change(&area)
      areas.append(area)
    }
    change(&total)
  }

  /// The parts of `id` that `prefix` has whole, and one more.
  private static func area(of id: String, below prefix: String) -> String {
    let parts = id.split(separator: ".")
    let asked = prefix.split(separator: ".")
    let whole = zip(parts, asked).prefix { $0 == $1 }.count
    // The last part names the statement itself.
    return parts.prefix(min(whole + 1, parts.count - 1)).joined(separator: ".")
  }
}
