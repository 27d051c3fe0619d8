import Model

/// A device refuses FEATURES_OK of a driver that does not accept ZERO_LENGTH_REQUEST.
///
/// Spec: 5.16.6.2
struct I2CFeatRejectWithout: Rule {
  static let id = "i2c.feat.reject-without"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let answer = session.featuresOKAnswer(step), !session.accepted.contains(0) else {
      return .silent
    }
    guard answer.isConfirmed else { return .held }
    return .broken(
      "device agrees to FEATURES_OK without \(session.featureName(0)) accepted",
      Evidence(session.featureWrites[0], "driver writes feature word 0"),
      Evidence(session.marks.featuresOK, "driver sets FEATURES_OK"))
  }
}
