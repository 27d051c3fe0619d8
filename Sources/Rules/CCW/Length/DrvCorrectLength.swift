import Model
import VirtioSpec

/// A driver gives the right length.
///
/// Spec: 4.3.1.4
struct DrvCorrectLength: CommandLength {
  static let id = "ccw.drv-correct-length"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, length: Int, right: Int) -> Judgement {
    .broken("driver sends \(step.command) with \(length) bytes instead of \(right)")
  }

  func judgeRight(_ step: Transaction) -> Judgement { .held }
}
