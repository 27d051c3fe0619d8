import Model
import VirtioSpec

/// A device offers no feature without those that it requires.
///
/// Traps: either of two prerequisites may do; one whose word was not read may be offered. Judged
/// when the driver has read what it wants, at its next status write or the end of the session.
///
/// Spec: 2.2.2
struct DevOfferDependency: Rule {
  static let id = "feature.dev-offer-dependency"
  static let coveredBy = [
    "net.feat.requires-offered", "gpu.feat.requires-offered", "crypto.feat.requires-offered",
    "can.feat.rtr-requires-classic",
  ]
  static let needsWholeLife = false
  var tally = Tally()
  private var isJudged = false

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeStatus, step.hasValue, step.value != 0 else { return .silent }
    return judgeOffer(session)
  }

  mutating func conclude(_ session: Session, end: SessionEnd) -> Judgement { judgeOffer(session) }

  private mutating func judgeOffer(_ session: Session) -> Judgement {
    guard !isJudged, session.marks.firstFeatureRead.isSet else { return .silent }
    isJudged = true
    return session.judgeOfferDependencies { _ in true }
  }
}

extension Session {
  /// Judges the dependencies of every offered feature that `isMeant` names.
  func judgeOfferDependencies(_ isMeant: (Int) -> Bool) -> Judgement {
    var isExercised = false
    var isUnknown = false
    for bit in offered.bits where isMeant(bit) {
      for terms in requirements(of: bit) {
        if terms.contains(where: { offered.contains($0) }) {
          isExercised = true
        } else if !terms.allSatisfy({ offered.knows($0) }) {
          isUnknown = true
        } else {
          let need = featureNames(terms, joined: " or ")
          return .broken(
            Breach(
              message: "device offers \(featureName(bit)) without \(need), which it requires",
              evidence: [offerEvidence(terms.first ?? bit)], place: placeOfOffer(bit)))
        }
      }
    }
    if isUnknown { return .undecidable(.featuresNotRead) }
    return isExercised ? .held : .silent
  }
}
