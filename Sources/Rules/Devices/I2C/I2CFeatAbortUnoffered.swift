import Model
import VirtioSpec

/// A driver gives up a device that does not offer ZERO_LENGTH_REQUEST.
///
/// Spec: 5.16.6.1
struct I2CFeatAbortUnoffered: Rule {
  static let id = "i2c.feat.abort-unoffered"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeStatus, step.hasValue, step.isAccepted, session.isModern,
      session.offered.knows(0), !session.offered.contains(0)
    else { return .silent }
    let written = DeviceStatus(rawValue: UInt8(truncatingIfNeeded: step.value))
    if written.contains(.failed) { return .held }
    guard written.contains(.driverOK), !session.marks.driverOK.isSet else { return .silent }
    return .broken(
      "driver sets DRIVER_OK on a device that does not offer \(session.featureName(0))",
      session.offerEvidence(0))
  }
}
