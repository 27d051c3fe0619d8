import Model

/// A device does not offer BYPASS and BYPASS_CONFIG together.
///
/// Spec: 5.13.3.2
struct IOMMUFeatBypassExclusive: OfferRule {
  static let id = "iommu.feat.bypass-exclusive"
  var tally = Tally()
  var isJudged = false

  static func judgeOffer(_ session: Session) -> Judgement {
    let offered = session.offered
    guard offered.contains(3) || offered.contains(6) else { return .silent }
    guard offered.contains(3), offered.contains(6) else { return .held }
    return .broken(
      Breach(
        message: "device offers \(session.featureName(3)) and \(session.featureName(6))",
        place: session.placeOfOffer(3)))
  }
}
