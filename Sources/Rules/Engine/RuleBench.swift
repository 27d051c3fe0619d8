import Model

/// The rules of every device at work: a rule set a device, and what they said.
struct RuleBench: StepJudge {
  var isOn = true
  private(set) var verdicts = Verdicts()
  private(set) var summary = RuleSummary()
  /// The same for each device by itself.
  private(set) var deviceSummaries: [RuleSummary] = []
  private var ruleSets: [RuleSet] = []
  private var kicks: [JudgedKicks] = []
  /// Steps that no rule can say anything new of are passed by. A test turns this off, and finds the
  /// same.
  var passesBy = true

  mutating func judge(_ step: Transaction, of device: Int32, in session: inout Session) {
    guard isOn, !(passesBy && RuleSet.passesBy(step, in: &session)) else { return }
    grow(to: device)
    let place = Int(device)
    verdicts.device = device
    guard step.kind == .kick else {
      kicks[place].removeAll()
      return ruleSets[place].judge(step, in: session, &verdicts)
    }
    if passesBy, kicks[place].passBy(step, in: &session) { return }
    let breaches = verdicts.breaches
    ruleSets[place].judge(step, in: session, &verdicts)
    if verdicts.breaches == breaches { kicks[place].remember(step, session) }
  }

  /// Ends a session of `device`: the rules conclude, their tallies are summed, and the next session
  /// gets new ones.
  mutating func close(_ device: Int32, _ session: Session, end: SessionEnd) {
    guard isOn else { return }
    grow(to: device)
    verdicts.device = device
    ruleSets[Int(device)].conclude(session, end: end, &verdicts)
    var rules = ruleSets[Int(device)].rules
    if session.rings.contains(where: \.layout.mayBeTranslated) { doubtRings(&rules) }
    summary.add(rules)
    while deviceSummaries.count <= Int(device) { deviceSummaries.append(RuleSummary()) }
    deviceSummaries[Int(device)].add(rules)
    ruleSets[Int(device)] = RuleSet()
    kicks[Int(device)].removeAll()
  }

  /// Nothing that rings seemed to show of a session is known where an IOMMU may translate.
  private func doubtRings(_ rules: inout [(type: any Rule.Type, tally: Tally)]) {
    for place in rules.indices
    where rules[place].tally.verdict != .notExercised && Verdicts.readsRings(rules[place].type.id) {
      rules[place].tally = Tally()
      rules[place].tally.reason = .addressesTranslated
    }
  }

  private mutating func grow(to device: Int32) {
    while ruleSets.count <= Int(device) {
      ruleSets.append(RuleSet())
      kicks.append(JudgedKicks())
    }
  }
}
