import Model
import VirtioSpec

/// Through the legacy interface a driver does not set FEATURES_OK.
///
/// Trap: the order of the other steps is that of `core.init.sequence-order`, and setting up queues before
/// the features is allowed.
///
/// Spec: 3.1.2
struct LegacyDrvSequence: Rule {
  static let id = "legacy.init.drv-sequence"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let written = step.statusSet, step.interface == .legacy, session.isCertainlyLegacy
    else { return .silent }
    guard written.contains(.featuresOK), !session.writtenStatus.contains(.featuresOK) else {
      return written.contains(.driverOK) ? .held : .silent
    }
    return .broken(
      "driver sets FEATURES_OK with status \(hex(written)) through the legacy interface",
      Evidence(session.interfaceEvidence, "the legacy interface is in use"))
  }
}
