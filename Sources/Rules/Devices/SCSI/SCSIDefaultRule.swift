import Model
import VirtioSpec

/// A rule about the value that a size has when nobody has written it.
///
/// Only the first read of a life counts, and only before the driver writes the field.
protocol SCSIDefaultRule: FieldRule {
  static var standard: UInt64 { get }
  var isJudged: Bool { get set }
}

extension SCSIDefaultRule {
  static var needsWholeLife: Bool { true }

  static func fault(_ value: UInt64) -> String? {
    value == standard ? nil : "which begins as \(standard)"
  }

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard !isJudged else { return .silent }
    if step.kind == .writeConfig {
      if Self.field.overlaps(step) || !step.hasValue { isJudged = true }
      return .silent
    }
    guard step.kind == .readConfig, let value = reading.take(step, Self.field, session) else {
      return .silent
    }
    isJudged = true
    return Self.judge(value, session)
  }
}
