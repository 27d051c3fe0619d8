import Model
import VirtioSpec

/// A rule about the set of features that a driver accepts, judged where it becomes final.
protocol AcceptRule: Rule {
  static func judgeAcceptance(
    _ accepted: FeatureSet, _ step: Transaction, _ session: Session
  ) -> Judgement
}

extension AcceptRule {
  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let accepted = session.acceptance(step) else { return .silent }
    return Self.judgeAcceptance(accepted, step, session)
  }
}

/// A driver that accepts one feature accepts another one too.
protocol AcceptsTogether: AcceptRule {
  static var bit: Int { get }
  static var needed: Int { get }
}

extension AcceptsTogether {
  static func judgeAcceptance(
    _ accepted: FeatureSet, _ step: Transaction, _ session: Session
  ) -> Judgement {
    guard accepted.contains(bit) else { return .silent }
    guard !accepted.contains(needed) else { return .held }
    return .broken(
      Breach(
        message:
          "driver accepts \(session.featureName(bit)) without \(session.featureName(needed))",
        evidence: [session.commitEvidence(step)], place: session.placeOfAcceptance(bit, step)))
  }
}
