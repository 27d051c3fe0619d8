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
    session.judgeAcceptance(of: Self.bit, needsSupport: Self.needsSupport, at: step)
  }
}

extension Session {
  /// Judges at DRIVER_OK whether the driver accepted `bit`, where it is offered.
  func judgeAcceptance(of bit: Int, needsSupport: Bool, at step: Transaction) -> Judgement {
    guard step.kind == .writeStatus, step.hasValue, isModern, !marks.driverOK.isSet,
      step.value & UInt64(DeviceStatus.driverOK.rawValue) != 0
    else { return .silent }
    guard offered.knows(bit), offered.contains(bit) else { return .silent }
    guard !accepted.contains(bit) else { return .held }
    let supported = previous?.everConfirmed.contains(bit) ?? false
    guard supported || !needsSupport else { return .undecidable(.abilitiesNotRecorded) }
    var evidence = [offerEvidence(bit)]
    if needsSupport, let previous {
      evidence.append(
        Evidence(previous.lastConfirmedAt, "an earlier life of the device had it accepted"))
    }
    evidence.append(Evidence(step.reference, "driver goes on to DRIVER_OK"))
    return .broken(
      Breach(
        message: "driver does not accept \(featureName(bit)), which the device offers",
        evidence: evidence, place: placeOfAcceptance(bit, step)))
  }
}
