import Model
import VirtioSpec

/// A rule that bytes of a device's configuration read as 0.
protocol ZeroFieldRule: ConfigRule {
  static var fields: [ConfigSpan] { get }
}

extension ZeroFieldRule {
  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readConfig, step.hasValue, step.isAccepted,
      let field = Self.fields.first(where: { $0.encloses(step) })
    else { return .silent }
    switch Self.applies(to: session) {
    case .no: return .silent
    case .unknown: return .undecidable(.featuresNotRead)
    case .yes: break
    }
    guard step.value != 0 else { return .held }
    // What the driver itself wrote there is no word of the device.
    guard !session.config.contains(where: { $0.isWrite && Int($0.offset) == Int(step.index) })
    else { return .silent }
    return .broken(
      Breach(
        message: "device gives \(hex(step.value)) in \(field.name) "
          + "(offset \(hex(step.index, digits: 2))), which is to be 0",
        evidence: Self.featureEvidence(session)))
  }
}
