import Model
import VirtioSpec

/// A statement about single commands of a driver to its network device.
///
/// A recording without the bytes of commands cannot decide it.
protocol NetCommandRule: Rule {
  static func judge(
    _ command: NetControlCommand, _ step: Transaction, _ session: Session
  ) -> Judgement
}

extension NetCommandRule {
  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .requestMade, let payload = session.told.payload,
      let command = NetControlCommand(payload)
    else { return .silent }
    return Self.judge(command, step, session)
  }
}

/// Commands that need a feature.
protocol NetCommandFeature: NetCommandRule {
  static var bit: Int { get }
  static func needsFeature(_ command: NetControlCommand, _ session: Session) -> Bool
}

extension NetCommandFeature {
  static func judge(
    _ command: NetControlCommand, _ step: Transaction, _ session: Session
  ) -> Judgement {
    guard needsFeature(command, session) else { return .silent }
    if session.hasNegotiated(bit) { return .held }
    guard session.hasNotNegotiated(bit) else { return .silent }
    return .broken(
      "driver makes \(command.name) available in queue \(step.queue) without"
        + " \(session.featureName(bit))",
      session.acceptanceEvidence(bit))
  }
}
