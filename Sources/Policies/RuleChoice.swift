public import Rules

/// Which rules count, how much, and on which side: for everything, or for some devices or drivers.
public struct RuleChoice: Sendable {
  /// Only these; empty for what counted before.
  public var select: [RulePattern] = []
  /// Not these.
  public var ignore: [RulePattern] = []
  public var severity: [Change] = []
  /// Only statements that this side has to keep; nil for what counted before.
  public var side: Side?

  public init() {}

  /// A severity for some rules.
  public struct Change: Sendable {
    public var pattern: RulePattern
    public var severity: Severity

    public init(pattern: RulePattern, severity: Severity) {
      self.pattern = pattern
      self.severity = severity
    }
  }

  /// Whose faults count.
  public enum Side: String, Sendable, CaseIterable {
    case driver, device, both
  }

  /// Whether the rule `id` counts, where it did or did not `before`. The longer pattern wins, and
  /// `ignore` where both are the same.
  func counts(_ id: String, before: Bool) -> Bool {
    let selected = Self.length(of: id, in: select)
    let ignored = Self.length(of: id, in: ignore)
    if let ignored, ignored >= selected ?? 0 { return false }
    if selected != nil { return true }
    return before && select.isEmpty
  }

  /// The severity that the longest pattern gives to the rule `id`.
  func severity(of id: String) -> Severity? {
    severity.filter { $0.pattern.matches(id) }
      .max { $0.pattern.text.utf8.count < $1.pattern.text.utf8.count }?.severity
  }

  private static func length(of id: String, in patterns: [RulePattern]) -> Int? {
    patterns.filter { $0.matches(id) }.map(\.text.utf8.count).max()
  }
}
