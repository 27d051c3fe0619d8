import Model
import VirtioSpec

/// A rule about a channel command whose length is not that of its data.
///
/// Traps: commands of variable length have no wrong one, and a count of 0 transfers nothing; the model
/// marks neither.
protocol CommandLength: Rule {
  /// What a command of `length` bytes instead of `right` comes to.
  mutating func judge(_ step: Transaction, length: Int, right: Int) -> Judgement
  /// What a command of the right length comes to.
  mutating func judgeRight(_ step: Transaction) -> Judgement
}

extension CommandLength {
  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.isWholeCommand, let right = step.dataLength(isLegacy: step.interface == .legacy)
    else { return .silent }
    guard step.traits.contains(.wrongWidth), Int(step.width) != right else {
      return judgeRight(step)
    }
    return judge(step, length: Int(step.width), right: right)
  }

  mutating func judgeRight(_ step: Transaction) -> Judgement { .silent }
}

extension Transaction {
  /// The command asks, and changes nothing.
  var isReadCommand: Bool {
    switch kind {
    case .readStatus, .readDeviceFeatures, .readQueueSize, .readConfig: true
    default: false
    }
  }
}
