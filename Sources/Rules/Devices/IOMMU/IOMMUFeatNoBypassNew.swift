import Model
import VirtioSpec

/// A new device does not offer the old BYPASS.
///
/// Trap: an old one may. New is one that offers what superseded the bit, or what came with 1.3 or
/// later.
///
/// Spec: 5.13.3.2
struct IOMMUFeatNoBypassNew: OfferRule {
  static let id = "iommu.feat.no-bypass-new"
  static let coveredBy = ["iommu.feat.bypass-exclusive"]
  var tally = Tally()
  var isJudged = false

  static func judgeOffer(_ session: Session) -> Judgement {
    guard session.offered.knows(3) else { return .silent }
    guard session.offered.contains(3) else { return .held }
    guard session.offered.contains(6) || session.offersNews(of: .v1_3) else {
      return .undecidable(.olderSpecification)
    }
    return .broken(
      Breach(
        message: "device offers \(session.featureName(3)), which a new device leaves out",
        place: session.placeOfOffer(3)))
  }
}
