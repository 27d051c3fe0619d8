import Model
import VirtioSpec

/// With CONFIG_WCE and without FLUSH the cache begins as writethrough.
///
/// Only the first read after the features are settled counts, and only where the driver has not
/// chosen the mode itself.
///
/// Spec: 5.2.5.2
struct BlkCfgWritebackInit0: Rule {
  static let id = "blk.cfg.writeback-init-0"
  private static let field = ConfigSpan(.blk, "writeback")
  var tally = Tally()
  private var isJudged = false

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard !isJudged, session.isModern, Self.field.encloses(step) else { return .silent }
    if step.kind == .writeConfig {
      isJudged = true
      return .silent
    }
    guard session.hasNegotiated(11), session.hasNotNegotiated(9), step.hasValue, step.isAccepted
    else { return .silent }
    isJudged = true
    guard step.value != 0 else { return .held }
    return .broken(
      "device gives writeback \(step.value) with \(session.featureName(11)) accepted "
        + "and \(session.featureName(9)) not",
      Evidence(session.featureWrites[0], "driver writes feature word 0"))
  }
}
