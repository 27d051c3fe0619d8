import Model

/// A device offers ZERO_LENGTH_REQUEST.
///
/// Spec: 5.16.6.2
struct I2CFeatOfferZeroLength: OffersFeature {
  static let id = "i2c.feat.offer-zero-length"
  static let bit = 0
  var tally = Tally()
  var isJudged = false
}

/// A driver accepts ZERO_LENGTH_REQUEST.
///
/// Where it is not offered, another statement says what to do.
///
/// Spec: 5.16.6.1
struct I2CFeatAcceptZeroLength: AcceptRule {
  static let id = "i2c.feat.accept-zero-length"
  var tally = Tally()

  static func judgeAcceptance(
    _ accepted: FeatureSet, _ step: Transaction, _ session: Session
  ) -> Judgement {
    guard session.isModern, session.offered.contains(0) else { return .silent }
    guard !accepted.contains(0) else { return .held }
    return .broken(
      Breach(
        message: "driver does not accept \(session.featureName(0))",
        evidence: [session.offerEvidence(0), session.commitEvidence(step)],
        place: session.placeOfAcceptance(0, step)))
  }
}
