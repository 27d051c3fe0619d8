import Model
import VirtioSpec

/// A driver tries its highest revision first, then lower ones.
///
/// Trap: a driver may support a low revision only.
///
/// Spec: 4.3.2.1.2
struct HighestFirst: Rule {
  static let id = "ccw.set-rev.highest-first"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    let history = session.revisions
    guard step.kind == .setRevision, step.hasValue, session.revision == -1, history.lastTried >= 0
    else { return .silent }
    guard step.value > UInt64(history.lastTried) else { return .held }
    return .broken(
      "driver tries revision \(step.value) after revision \(history.lastTried)",
      Evidence(history.lastTriedAt, "driver tries revision \(history.lastTried)"))
  }
}
