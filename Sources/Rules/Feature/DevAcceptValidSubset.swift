import Model
import VirtioSpec

/// A device agrees to every valid part of what it offers.
///
/// Traps: it may insist on VERSION_1, ACCESS_PLATFORM and ORDER_PLATFORM, which it also need not
/// give a reason for. A refusal that comes from the backend's configuration is a refusal still.
///
/// Spec: 2.2.2
struct DevAcceptValidSubset: Rule {
  static let id = "feature.dev-accept-valid-subset"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let answer = session.featuresOKAnswer(step) else { return .silent }
    guard !answer.isConfirmed else { return session.hasValidSubset == true ? .held : .silent }
    guard let isValid = session.hasValidSubset else { return .undecidable(.featuresNotRead) }
    guard isValid, session.leavesOutOptional.isEmpty else { return .silent }
    return .broken(
      Breach(
        message: "device refuses FEATURES_OK for \(hex(session.accepted.word(1), digits: 8)) "
          + "\(hex(session.accepted.word(0), digits: 8)), a valid part of what it offers",
        evidence: [
          session.offerEvidence(0), session.offerEvidence(32),
          Evidence(session.marks.lastFeatureWrite, "driver has written its features"),
          Evidence(session.marks.featuresOK, "driver sets FEATURES_OK"),
        ]))
  }
}

extension Session {
  /// The device's answer to FEATURES_OK, where `step` shows it for the first time: a status read,
  /// or on channel I/O the status write itself. A status of 0 is a device that was reset.
  func featuresOKAnswer(_ step: Transaction) -> (isConfirmed: Bool, status: DeviceStatus)? {
    guard isModern, step.hasValue else { return nil }
    let status = DeviceStatus(rawValue: UInt8(truncatingIfNeeded: step.value))
    if profile.transport == .ccw {
      guard commitsFeatures(step), status.contains(.featuresOK) else { return nil }
      return (step.isAccepted, status)
    }
    guard step.kind == .readStatus, writtenStatus.contains(.featuresOK), !status.isEmpty,
      !marks.featuresOKConfirmed, !marks.featuresOKRefused.isSet, step.mask & 0xff == 0xff
    else { return nil }
    return (status.contains(.featuresOK), status)
  }

  /// Whether the accepted set is a part of the offered one with every prerequisite in it; nil where
  /// the offer or the type is not known.
  var hasValidSubset: Bool? {
    guard profile.type != nil, accepted.isKnown(by: offered) else { return nil }
    guard accepted.bitsKnownMissing(in: offered).isEmpty else { return false }
    let accepted = self.accepted
    for bit in accepted.bits {
      guard case .known = standing(bit) else { return false }
      for terms in requirements(of: bit) where !terms.contains(where: { accepted.contains($0) }) {
        return false
      }
    }
    return true
  }

  /// Offered features that a device may insist on, and that the driver left out.
  var leavesOutOptional: [Int] {
    var result: [Int] = []
    for bit in [32, 33, 36] where offered.contains(bit) && !accepted.contains(bit) {
      result.append(bit)
    }
    return result
  }
}
