import Model
import VirtioSpec

/// With the check of lengths on, a wrong length gives the channel's status for it.
///
/// Spec: 4.3.1.3
struct DevLengthMismatch: CommandLength {
  static let id = "ccw.dev-length-mismatch"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, length: Int, right: Int) -> Judgement {
    guard !step.traits.contains(.lengthUnchecked) else { return .silent }
    guard step.isAccepted, !step.traits.contains(.incorrectLength) else { return .held }
    return .broken(
      "device takes \(step.command) with \(length) bytes instead of \(right) and shows no incorrect length"
    )
  }
}
