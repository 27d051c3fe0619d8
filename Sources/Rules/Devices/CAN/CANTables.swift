import Model

/// A driver accepts CAN_CLASSIC or CAN_FD.
///
/// Spec: 5.20.3.1
struct CANFeatClassicOrFd: AcceptRule {
  static let id = "can.feat.classic-or-fd"
  var tally = Tally()

  static func judgeAcceptance(
    _ accepted: FeatureSet, _ step: Transaction, _ session: Session
  ) -> Judgement {
    guard session.isModern else { return .silent }
    guard !accepted.contains(0), !accepted.contains(1) else { return .held }
    return .broken(
      Breach(
        message:
          "driver accepts neither \(session.featureName(0)) nor \(session.featureName(1))",
        evidence: [session.commitEvidence(step)], place: session.placeOfAcceptance(0, step)))
  }
}
