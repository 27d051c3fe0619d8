import Model

/// RTR_FRAMES goes with CAN_CLASSIC, in what is offered and in what is accepted.
///
/// Trap: of what is accepted, only the set that stands at FEATURES_OK counts.
///
/// Spec: 5.20.3.1
struct CANFeatRtrRequiresClassic: Rule {
  static let id = "can.feat.rtr-requires-classic"
  static let needsWholeLife = false
  var tally = Tally()
  private var isOfferJudged = false

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeStatus, step.hasValue, step.value != 0 else { return .silent }
    if !isOfferJudged, session.offered.knows(0), session.offered.knows(2) {
      isOfferJudged = true
      let judgement = session.judgeOfferDependencies { $0 == 2 }
      if case .broken = judgement { return judgement }
    }
    guard session.commitsFeatures(step) else { return .silent }
    return session.judgeAcceptDependencies(step) { $0 == 2 }
  }
}
