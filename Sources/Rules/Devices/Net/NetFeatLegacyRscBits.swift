import Model
import VirtioSpec

/// A device of the standard does not offer bits 41 and 42, which only an old Windows driver knows.
///
/// Trap: no keyword stands there, so this is advice.
///
/// Spec: 5.1.3.2
struct NetFeatLegacyRscBits: OfferRule {
  static let id = "net.feat.legacy-rsc-bits"
  var tally = Tally()
  var isJudged = false

  static func judgeOffer(_ session: Session) -> Judgement {
    let bits = [41, 42].filter { session.offered.contains($0) }
    guard session.offered.contains(32) else { return .silent }
    guard !bits.isEmpty else { return .held }
    return .broken(
      Breach(
        message: "device offers \(session.featureNames(bits)) "
          + "together with \(session.featureName(32))",
        place: session.placeOfOffer(bits[0])))
  }
}
