import Model

/// A driver accepts no feature that the specification does not describe.
///
/// Two narrower rules say why a bit has no meaning, and stand for this one. Traps: driver and
/// device may both follow a newer version, unless an older one was asked for; an unspecified device
/// type has no table.
///
/// Spec: 2.2.1
struct NoAcceptUndefined: Rule {
  static let id = "feature.no-accept-undefined"
  static let coveredBy = ["feature.no-accept-reserved", "feature.no-accept-wrong-device-type"]
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    session.judgeUnknownBits(
      step, where: { $0 == .reserved || $0 == .foreignToType },
      message: { "driver accepts \($0), which \(session.specName) does not describe" })
  }
}

extension Session {
  /// The common part of the rules about bits without a meaning: broken when `step` accepts one that
  /// the device does not offer either; undecidable when both sides use it, for both may follow a
  /// newer version.
  func judgeUnknownBits(
    _ step: Transaction, where isWrong: (FeatureStanding) -> Bool, message: (String) -> String
  ) -> Judgement {
    guard let accepted = acceptance(step), !accepted.isEmpty else { return .silent }
    var wrong: [Int] = []
    for bit in accepted.bits where isWrong(standing(bit)) { wrong.append(bit) }
    guard !wrong.isEmpty else { return .held }
    let offered = self.offered
    let alone =
      mayFollowNewer ? wrong.filter { !offered.contains($0) && offered.knows($0) } : wrong
    guard let first = alone.first else { return .undecidable(.newerSpecification) }
    return .broken(
      Breach(
        message: message(featureNames(alone)),
        evidence: [offerEvidence(first), commitEvidence(step)],
        place: placeOfAcceptance(first, step),
        help: "accept only the features that the driver implements"))
  }
}
