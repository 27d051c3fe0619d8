import Model
import VirtioSpec

/// Without the check of lengths, a buffer that is too long is accepted.
///
/// Trap: the command may be refused for another reason, so the same command has to be taken with the
/// right length later.
///
/// Spec: 4.3.1.3
struct DevLongData: CommandLength {
  static let id = "ccw.dev-long-data"
  static let needsWholeLife = false
  var tally = Tally()
  private var refused: Transaction?

  init() {}

  mutating func judge(_ step: Transaction, length: Int, right: Int) -> Judgement {
    guard step.traits.contains(.lengthUnchecked), length > right else { return .silent }
    guard !step.isAccepted else { return .held }
    refused = step
    return .undecidable(.causeNotRecorded)
  }

  mutating func judgeRight(_ step: Transaction) -> Judgement {
    guard let old = refused else { return .silent }
    guard old.kind == step.kind, old.queue == step.queue, old.index == step.index,
      old.value == step.value || step.isReadCommand
    else {
      // Another command in between may have been what the device waited for.
      if step.isAccepted, !step.isReadCommand { refused = nil }
      return .silent
    }
    refused = nil
    guard step.isAccepted else { return .silent }
    return .broken(
      Breach(
        message:
          "device refuses \(step.command) with a buffer of \(old.width) bytes, and takes the "
          + "same command with the right length",
        evidence: [Evidence(step.reference, "device takes the command")], place: old.reference))
  }
}
