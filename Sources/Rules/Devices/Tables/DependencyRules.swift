import Model
import VirtioSpec

/// The dependencies among the features of one device type, as its own section lists them: the
/// special form of `feature.dev-offer-dependency`, which then stands in `also`.
protocol OfferDependencies: OfferRule {}

extension OfferDependencies {
  static func judgeOffer(_ session: Session) -> Judgement {
    session.judgeOfferDependencies { bit in
      session.profile.type.map { FeatureCatalogue.isDeviceSpecific(bit, of: $0) } ?? false
    }
  }
}

/// The same for what a driver accepts: the special form of `feature.accept-dependency`.
protocol AcceptDependencies: Rule {}

extension AcceptDependencies {
  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.commitsFeatures(step) else { return .silent }
    return session.judgeAcceptDependencies(step) { bit in
      session.profile.type.map { FeatureCatalogue.isDeviceSpecific(bit, of: $0) } ?? false
    }
  }
}
