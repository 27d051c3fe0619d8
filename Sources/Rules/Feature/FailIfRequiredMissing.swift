import Model
import VirtioSpec

/// A driver that cannot go on without a missing feature sets FAILED and stops.
///
/// Traps: it may reset the device instead, be unloaded, or be cut off by the end of the recording.
/// The one feature whose absence a driver may refuse by the text is VERSION_1; a driver that takes
/// its DRIVER bit back without FAILED, after it read that VERSION_1 is missing, has given up.
///
/// Spec: 2.2.1
struct FailIfRequiredMissing: Rule {
  static let id = "feature.fail-if-required-missing"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeStatus, step.hasValue, step.isAccepted, Self.isStuck(session) else {
      return .silent
    }
    let written = DeviceStatus(rawValue: UInt8(truncatingIfNeeded: step.value))
    if written.contains(.failed) { return .held }
    guard session.writtenStatus.contains(.driver), !written.isEmpty, !written.contains(.driver)
    else {
      return .silent
    }
    return .broken(
      "driver gives up with status \(hex(written)), without FAILED, on a device that does not "
        + "offer \(session.featureName(32))",
      session.offerEvidence(32))
  }

  func conclude(_ session: Session, end: SessionEnd) -> Judgement {
    guard Self.isStuck(session), end == .recording else { return .silent }
    return .undecidable(.endsMidLife)
  }

  /// The driver has read what is offered, found VERSION_1 missing, and come no further.
  private static func isStuck(_ session: Session) -> Bool {
    session.isModern && session.offered.knows(32) && !session.offered.contains(32)
      && !session.marks.featuresOK.isSet && !session.marks.driverOK.isSet
      && !session.marks.failed.isSet && !session.marks.firstQueueSetup.isSet
  }
}
