import Model
import VirtioSpec

/// After FAILED the driver resets the device before it initializes it again.
///
/// Traps: the write of FAILED repeats the bits that stood; writing FAILED again is harmless.
///
/// Spec: 2.1.1
struct FailedResetBeforeReinit: Rule {
  static let id = "core.status.failed-reset-before-reinit"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.marks.failed.isSet, step.kind == .writeStatus else { return .silent }
    guard let written = step.statusSet else { return .silent }
    let steps = written.intersection([.acknowledge, .driver, .featuresOK, .driverOK])
    let begun = written.contains(.failed) ? steps.subtracting(session.writtenStatus) : steps
    guard !begun.isEmpty else { return .held }
    return .broken(
      "driver writes status \(hex(written)) after FAILED, without a reset",
      Evidence(session.marks.failed, "driver sets FAILED"))
  }
}
