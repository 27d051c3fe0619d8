import Model
import VirtioSpec

/// Feature commands carry 5 bytes.
///
/// Trap: with the check off a longer buffer is allowed.
///
/// Spec: 4.3.2.4
struct FeatureBlockSize: CommandLength {
  static let id = "ccw.feature.block-size"
  static let coveredBy = [DrvCorrectLength.id]
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, length: Int, right: Int) -> Judgement {
    guard step.kind == .readDeviceFeatures || step.kind == .writeDriverFeatures,
      length < right || !step.traits.contains(.lengthUnchecked)
    else { return .silent }
    return .broken("driver sends \(step.command) with \(length) bytes instead of \(right)")
  }

  func judgeRight(_ step: Transaction) -> Judgement {
    step.kind == .readDeviceFeatures || step.kind == .writeDriverFeatures ? .held : .silent
  }
}
