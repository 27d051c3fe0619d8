import Model
import VirtioSpec

/// A driver looks how much there is before it reads it.
///
/// Trap: a read of both at once, which is the only way on channel I/O, is a look as well.
///
/// Spec: 5.8.5.1
struct InputCfgCheckSize: Rule {
  static let id = "input.cfg.check-size"
  private static let size = ConfigSpan(.input, "size")
  var tally = Tally()
  private var hasAsked = false
  private var hasLooked = false

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    if step.kind == .writeConfig {
      if step.index < 2 {
        hasAsked = true
        hasLooked = false
      }
      return .silent
    }
    if Self.size.overlaps(step) { hasLooked = true }
    guard step.index >= 8, hasAsked, session.profile.transport != .ccw else { return .silent }
    return hasLooked
      ? .held : .broken("driver reads what it asked for without having read size")
  }
}
