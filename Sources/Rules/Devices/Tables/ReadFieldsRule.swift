import Model
import VirtioSpec

/// A rule that a driver reads fields of the device configuration before it uses the device.
///
/// Judged at the first notification. Traps: a driver may remember what it read in an earlier life;
/// channel I/O reads everything before a field along with it.
protocol ReadFieldsRule: ConfigRule {
  static var fields: [ConfigSpan] { get }
  /// What an earlier life showed need not be read again.
  static var mayRemember: Bool { get }
  /// What is to be said when `missing` was not read.
  static func judge(missing: [ConfigSpan], _ session: Session) -> Judgement
  var marks: ReadMarks { get set }
}

/// Which fields of a rule were read, and whether the rule has been judged.
struct ReadMarks: Sendable {
  private var bits: UInt32 = 0
  var isJudged = false

  mutating func take(_ step: Transaction, _ fields: [ConfigSpan], _ session: Session) {
    let end = Int(step.index) + Int(step.width)
    for (number, field) in fields.enumerated() {
      let isRead =
        session.profile.transport == .ccw
        ? end > field.offset : field.overlaps(step)
      if isRead { bits |= 1 << UInt32(truncatingIfNeeded: number) }
    }
  }

  func has(_ number: Int) -> Bool { bits >> UInt32(truncatingIfNeeded: number) & 1 == 1 }
}

extension ReadFieldsRule {
  static var needsWholeLife: Bool { true }
  static var mayRemember: Bool { true }

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard !marks.isJudged else { return .silent }
    if step.kind == .readConfig { marks.take(step, Self.fields, session) }
    guard step.kind == .kick else { return .silent }
    marks.isJudged = true
    guard Self.applies(to: session) == .yes else { return .silent }
    var missing: [ConfigSpan] = []
    for (number, field) in Self.fields.enumerated() where !marks.has(number) {
      let earlier = Self.mayRemember ? session.previous?.config ?? [] : []
      if !Session.hasSeen(field, in: earlier) { missing.append(field) }
    }
    guard !missing.isEmpty else { return .held }
    return Self.judge(missing: missing, session)
  }

  static func judge(missing: [ConfigSpan], _ session: Session) -> Judgement {
    breach(missing, session)
  }

  static func breach(_ missing: [ConfigSpan], _ session: Session) -> Judgement {
    let names = missing.map(\.name).joined(separator: " and ")
    return .broken(
      Breach(
        message: "driver notifies a queue without having read \(names)",
        evidence: featureEvidence(session)))
  }
}
