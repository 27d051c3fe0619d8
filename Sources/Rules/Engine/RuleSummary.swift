/// How every rule fared over a whole recording, or over one device of it.
public struct RuleSummary: Sendable {
  /// In the order of `RuleSet.ids`: held and broken summed, the first reason that kept it
  /// undecided.
  private var tallies: [Tally]

  public init() { tallies = Array(repeating: Tally(), count: RuleSet.ids.count) }

  /// Adds what the rules of one session came to: `RuleSet.rules`.
  mutating func add(_ rules: [(type: any Rule.Type, tally: Tally)]) {
    for (place, rule) in rules.enumerated() {
      tallies[place].held &+= rule.tally.held
      tallies[place].broken &+= rule.tally.broken
      if tallies[place].reason == nil { tallies[place].reason = rule.tally.reason }
    }
  }

  /// The verdict of one rule: what was seen to hold outweighs what one session could not show.
  public func verdict(_ id: String) -> Verdict {
    guard let place = RuleSet.places[id] else { return .notExercised }
    return verdict(at: place)
  }

  /// The verdict of the rule that stands at `place` in `RuleSet.ids`.
  public func verdict(at place: Int) -> Verdict {
    let tally = tallies[place]
    if tally.broken > 0 { return .violated }
    if tally.held > 0 { return .held }
    return tally.verdict
  }
}
