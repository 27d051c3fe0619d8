import Model
import VirtioSpec

/// A transitional driver tells a legacy device by VERSION_1, which that one does not offer.
///
/// A driver that sets FEATURES_OK drives the device as a modern one. Trap: transports with a sign of
/// their own, such as revision 0 or Version 1, make the session a legacy one, where the bit is not asked
/// for.
///
/// Spec: 2.2.3
struct DrvByVersion1: Rule {
  static let id = "legacy.detect.drv-by-version1"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.commitsFeatures(step), step.statusSet?.contains(.featuresOK) == true,
      session.offered.knows(32)
    else { return .silent }
    guard !session.offered.contains(32) else { return .held }
    return .broken(
      "driver sets FEATURES_OK on a device that does not offer \(session.featureName(32))",
      session.offerEvidence(32))
  }
}
