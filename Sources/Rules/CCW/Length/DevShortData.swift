import Model
import VirtioSpec

/// Without the check of lengths, too few data give a check condition.
///
/// Spec: 4.3.1.3
struct DevShortData: CommandLength {
  static let id = "ccw.dev-short-data"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, length: Int, right: Int) -> Judgement {
    guard step.traits.contains(.lengthUnchecked), length < right else { return .silent }
    guard step.isAccepted else { return .held }
    return .broken("device takes \(step.command) with \(length) bytes, of which it needs \(right)")
  }
}
