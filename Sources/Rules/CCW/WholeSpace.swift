import Model
import VirtioSpec

/// Configuration commands transfer the configuration from its beginning.
///
/// Trap: drivers commonly end at the field that they want, so only a transfer that ends inside a number
/// is judged.
///
/// Spec: 4.3.2.5
struct WholeSpace: Rule {
  static let id = "ccw.config.whole-space"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readConfig || step.kind == .writeConfig, step.isAccepted, step.hasValue,
      let field = session.configField(at: step.index)
    else { return .silent }
    let end = Int(step.index) + Int(step.width) - field.offset
    guard end < field.byteCount, end % field.width != 0 else { return .held }
    return .broken(
      "driver ends \(step.command) inside \(field.name), after \(end) of its \(field.width) bytes")
  }
}
