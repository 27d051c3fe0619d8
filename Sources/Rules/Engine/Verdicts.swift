import Model
import VirtioSpec

/// Collects what the rules of one device say, and makes findings of it.
///
/// The hot path is `run` with a rule that is silent or held: no allocation, no look-up.
public struct Verdicts: Sendable {
  /// Findings in the order in which they arose.
  public private(set) var findings: [Finding] = []
  /// Findings beyond `findingLimit`.
  public private(set) var findingsNotKept: UInt64 = 0
  var device: Int32 = 0
  /// How often a rule judged a step.
  private(set) var runs: UInt64 = 0
  /// How often a rule was broken, whatever came of it.
  private(set) var breaches: UInt64 = 0

  public static var findingLimit: Int { 10_000 }

  public init() {}

  /// Lets `rule` judge `step`.
  @inline(__always)
  mutating func run<R: Rule>(_ rule: inout R, _ step: Transaction, _ session: Session) {
    runs &+= 1
    let judgement = rule.judge(step, in: session)
    switch judgement {
    case .silent: break
    case .held: rule.tally.held &+= 1
    case .undecidable(let reason): rule.tally.reason = reason
    case .broken(let breach):
      let known = findings.count
      take(breach, of: R.self, &rule.tally, at: step.reference, session)
      if findings.count > known, findings[known].reference == step.reference {
        findings[known].step = step
      }
    }
  }

  /// Lets `rule` judge the end of `session`.
  mutating func end<R: Rule>(_ rule: inout R, _ session: Session, _ end: SessionEnd) {
    switch rule.conclude(session, end: end) {
    case .silent: break
    case .held: rule.tally.held &+= 1
    case .undecidable(let reason): rule.tally.reason = reason
    case .broken(let breach):
      take(breach, of: R.self, &rule.tally, at: session.lastRecord, session)
    }
  }

  /// Turns a breach into a finding, or into `undecidable` where the session cannot bear it.
  @inline(never)
  private mutating func take<R: Rule>(
    _ breach: Breach, of rule: R.Type, _ tally: inout Tally, at step: RecordReference,
    _ session: Session
  ) {
    breaches &+= 1
    let spec = session.profile.spec
    // A later rule must not stand for one that the text has.
    if spec != .latest, let since = RuleSet.versions[R.id], since > spec { return }
    if R.needsWholeLife, !session.isWhole {
      tally.reason =
        session.gap.isSet
        ? .eventsLost : session.blind.isSet ? .payloadNotCaptured : .startsMidLife
      return
    }
    if session.rings.contains(where: \.layout.mayBeTranslated), Self.readsRings(R.id) {
      tally.reason = .addressesTranslated
      return
    }
    tally.broken &+= 1
    let place = breach.place ?? step
    // The tally remembers its finding, so that a breach repeated a million times costs no search.
    if tally.finding > 0 {
      findings[Int(tally.finding) - 1].count &+= 1
      findings[Int(tally.finding) - 1].last = place
      return
    }
    if let made = add(R.id, R.coveredBy, breach, session: session.index, by: spec, at: place) {
      tally.finding = Int32(truncatingIfNeeded: made + 1)
    }
  }

  /// Whether a rule rests on what rings and buffers hold.
  static func readsRings(_ id: String) -> Bool {
    guard let evidence = Catalogue.row(id)?.evidence else { return false }
    return evidence.contains(.ring) || evidence.contains(.ringHistory)
      || evidence.contains(.payload)
  }

  /// Adds a finding, or joins it to the one that covers it; returns its place in `findings`, nil
  /// when there are too many.
  private mutating func add(
    _ id: String, _ coveredBy: [String], _ breach: Breach, session: Int, by spec: SpecVersion,
    at place: RecordReference
  ) -> Int? {
    if let cover = cover(of: id, coveredBy, session: session, at: place) {
      if !findings[cover].also.contains(id) { findings[cover].also.append(id) }
      return nil
    }
    guard findings.count < Self.findingLimit else {
      findingsNotKept &+= 1
      return nil
    }
    var finding = Finding(
      rule: id, row: Catalogue.row(id), spec: spec, device: device, session: session,
      reference: place, message: breach.message, last: place, evidence: breach.evidence,
      help: breach.help)
    finding.also = absorb(into: id, session: session, at: place)
    findings.append(finding)
    return findings.count - 1
  }

  /// The finding of the same event that stands for `id`, when it is there already.
  private func cover(
    of id: String, _ coveredBy: [String], session: Int, at place: RecordReference
  ) -> Int? {
    guard !coveredBy.isEmpty else { return nil }
    return findings.lastIndex {
      $0.session == session && $0.device == device && $0.reference == place
        && !$0.isAbsorbed && coveredBy.contains($0.rule)
    }
  }

  /// Takes out findings of the same event that `id` covers, and returns their rules.
  private mutating func absorb(into id: String, session: Int, at place: RecordReference) -> [String]
  {
    var taken: [String] = []
    // What the same event broke was found a moment ago.
    for number in findings.indices.suffix(64).reversed() {
      let finding = findings[number]
      guard finding.session == session, finding.device == device, finding.reference == place,
        !finding.isAbsorbed, RuleSet.coveredBy[finding.rule]?.contains(id) == true
      else { continue }
      taken.append(finding.rule)
      taken.append(contentsOf: finding.also)
      findings[number].isAbsorbed = true
    }
    return taken
  }
}
