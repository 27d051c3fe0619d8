import Model
import VirtioSpec

/// A device leaves FEATURES_OK unset when it does not agree to the accepted set.
///
/// Trap: a device may drop a bit that it never offered and agree to the rest, so that only a bit
/// that stands in the driver's register afterwards proves that it agreed to it. Which dependencies
/// it can do without is its own affair, and not to be seen.
///
/// Spec: 2.2.2
struct DevRefuseFeaturesOK: Rule {
  static let id = "feature.dev-refuse-features-ok"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    if step.kind == .readDriverFeatures { return judgeReadBack(step, session) }
    guard let answer = session.featuresOKAnswer(step) else { return .silent }
    let missing = session.accepted.bitsKnownMissing(in: session.offered)
    if missing.isEmpty {
      guard session.hasValidSubset == false else { return .silent }
      return answer.isConfirmed ? .undecidable(.abilitiesNotRecorded) : .held
    }
    guard answer.isConfirmed else { return .held }
    let standing = missing.intersection(session.readBack).bits
    guard standing.isEmpty else {
      return breach(standing, session, session.marks.featuresOK)
    }
    return .undecidable(.acceptedNotReadBack)
  }

  /// The driver looks at its own register after the device agreed.
  private func judgeReadBack(_ step: Transaction, _ session: Session) -> Judgement {
    guard session.marks.featuresOKConfirmed, session.status.contains(.featuresOK), step.hasValue,
      session.isModern
    else { return .silent }
    var shown = FeatureSet()
    shown.update(word: step.index, value: step.value, mask: step.mask)
    let standing = shown.bitsKnownMissing(in: session.offered).bits
    guard !standing.isEmpty else { return .silent }
    return breach(standing, session, session.marks.featuresOKRead)
  }

  private func breach(_ bits: [Int], _ session: Session, _ agreed: RecordReference) -> Judgement {
    .broken(
      Breach(
        message: "device agrees to FEATURES_OK with \(session.featureNames(bits)) accepted, "
          + "which it does not offer",
        evidence: [
          session.offerEvidence(bits.first ?? 0),
          Evidence(session.marks.lastFeatureWrite, "driver has written its features"),
          Evidence(agreed, "FEATURES_OK stands"),
        ]))
  }
}
