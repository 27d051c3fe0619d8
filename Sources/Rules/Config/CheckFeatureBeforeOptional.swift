import Model
import VirtioSpec

/// A driver touches an optional field only where a feature that it depends on is offered.
///
/// Traps: several features may bring the same field; channel I/O moves the whole configuration with each
/// command; a tool that dumps the configuration is no driver, and goes through it from the start.
///
/// Spec: 2.5.1
struct CheckFeatureBeforeOptional: Rule {
  static let id = "config.check-feature-before-optional"
  var tally = Tally()
  /// The end of a run of accesses that began at offset 0.
  private var runEnd: UInt32 = 0

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readConfig || step.kind == .writeConfig, session.profile.transport != .ccw,
      session.interface != .none
    else { return .silent }
    if step.index == 0 { runEnd = 0 }
    let isRun = step.index == runEnd
    if isRun { runEnd = step.index &+ UInt32(step.width) }
    let fields = session.configFields(at: step.index)
    guard let field = fields.first, fields.allSatisfy({ !$0.onlyIf.isEmpty }) else {
      return .silent
    }
    let bits = fields.flatMap(\.onlyIf)
    if bits.contains(where: { session.offered.contains($0) }) { return .held }
    if session.previous?.everOffered.contains(field.onlyIf[0]) == true { return .held }
    let verb = step.kind == .readConfig ? "reads" : "writes"
    let names = session.featureNames(bits)
    let wasRead = bits.allSatisfy { session.offered.knows($0) }
    guard wasRead || !session.marks.firstFeatureRead.isSet && session.previous == nil else {
      return .undecidable(.featuresNotRead)
    }
    if isRun, step.index > 0 { return .undecidable(.causeNotRecorded) }
    return .broken(
      "driver \(verb) \(field.name), which is there only with \(names), "
        + (wasRead ? "which the device does not offer" : "and has read no features before"))
  }
}
