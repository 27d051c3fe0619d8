import Model
import VirtioSpec

/// A driver that asks for something writes both select and subsel, in any order.
///
/// Trap: a value that stands there from an earlier question may be meant again, so that only one
/// that was never written counts.
///
/// Spec: 5.8.5.1
struct InputCfgSetBoth: Rule {
  static let id = "input.cfg.set-both"
  private static let fields = [ConfigSpan(.input, "select"), ConfigSpan(.input, "subsel")]
  var tally = Tally()
  private var query = InputQuery()

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    if step.kind == .writeConfig {
      query.take(step, session)
      return .silent
    }
    let isQuestion = Int(step.index) + Int(step.width) > 2
    guard isQuestion, query.hasSelect || query.hasSubsel else { return .silent }
    if query.hasSelect, query.hasSubsel { return .held }
    let missing = Self.fields[query.hasSelect ? 1 : 0]
    if let previous = session.previous, Session.hasSeen(missing, in: previous.config) {
      return .silent
    }
    let written = Self.fields[query.hasSelect ? 0 : 1]
    return .broken(
      "driver reads the answer to a question for which it has written \(written.name) "
        + "and not \(missing.name)")
  }
}
