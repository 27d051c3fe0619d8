import Model
import VirtioSpec

/// A rule that a driver accepts one feature where the device offers it.
///
/// Judged at DRIVER_OK: a driver whose set the device refuses, or that gives up for another reason,
/// has not gone on without the feature.
protocol AcceptsOffered: Rule {
  static var bit: Int { get }
  /// A driver may have no support for the feature, which is reason enough not to accept it and
  /// cannot be seen; only a driver that accepted it in an earlier life is known to have it.
  static var needsSupport: Bool { get }
}

extension AcceptsOffered {
  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeStatus, step.hasValue, session.isModern, !session.marks.driverOK.isSet,
      step.value & UInt64(DeviceStatus.driverOK.rawValue) != 0
    else { return .silent }
    guard session.offered.knows(Self.bit) else { return .silent }
    guard session.offered.contains(Self.bit) else { return .silent }
    guard !session.accepted.contains(Self.bit) else { return .held }
    let supported = session.previous?.everConfirmed.contains(Self.bit) ?? false
    guard supported || !Self.needsSupport else { return .undecidable(.abilitiesNotRecorded) }
    var evidence = [session.offerEvidence(Self.bit)]
    if Self.needsSupport, let previous = session.previous {
      evidence.append(
        Evidence(previous.lastConfirmedAt, "an earlier life of the device had it accepted"))
    }
    evidence.append(Evidence(step.reference, "driver goes on to DRIVER_OK"))
    return .broken(
      Breach(
        message: "driver does not accept \(session.featureName(Self.bit)), "
          + "which the device offers",
        evidence: evidence, place: session.placeOfAcceptance(Self.bit, step)))
  }
}
