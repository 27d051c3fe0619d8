import Model
import VirtioSpec

/// A rule that one field of a device's configuration has a right value.
protocol FieldRule: ConfigRule {
  static var field: ConfigSpan { get }
  /// The value is a set of bits, which people read in base 16.
  static var isMask: Bool { get }
  /// What is wrong with `value`, to stand behind it; nil where nothing is.
  static func fault(_ value: UInt64) -> String?
  static func judge(_ value: FieldValue, _ session: Session) -> Judgement
  var reading: FieldReading { get set }
}

extension FieldRule {
  static var isMask: Bool { false }

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readConfig, let value = reading.take(step, Self.field, session) else {
      return .silent
    }
    switch Self.applies(to: session) {
    case .no: return .silent
    case .unknown: return .undecidable(.featuresNotRead)
    case .yes: return Self.judge(value, session)
    }
  }

  static func judge(_ value: FieldValue, _ session: Session) -> Judgement {
    let shown: UInt64
    switch value {
    case .certain(let number): shown = number
    case .either(let little, let big):
      let isWrong = fault(little) != nil
      guard isWrong == (fault(big) != nil) else { return .undecidable(.byteOrderNotRecorded) }
      shown = little
    }
    guard let fault = fault(shown) else { return .held }
    let number = isMask ? hex(shown) : "\(shown)"
    return .broken(
      Breach(
        message: "device gives \(field.name) \(number), \(fault)",
        evidence: featureEvidence(session)))
  }
}
