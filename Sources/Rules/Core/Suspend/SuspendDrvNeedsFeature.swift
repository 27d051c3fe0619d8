import Model
import VirtioSpec

/// A driver suspends only a device that negotiated it.
///
/// Trap: before 1.4 the bit meant nothing, and the feature did not exist either.
///
/// Spec: 3.4.1
struct SuspendDrvNeedsFeature: Rule {
  static let id = "core.suspend.drv-needs-feature"
  static let coveredBy = [SuspendDrvNeedsDriverOK.id]
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let written = step.statusSet, written.contains(.suspend), !session.suspension.isActive
    else { return .silent }
    guard !session.accepted.contains(43) else { return .held }
    return .broken(
      "driver sets SUSPEND with status \(hex(written)) although \(session.featureName(43)) was not "
        + "negotiated", Evidence(session.featureWrites[1], "driver writes word 1 of its features"))
  }
}
