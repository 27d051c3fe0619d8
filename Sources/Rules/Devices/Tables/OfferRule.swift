import Model
import VirtioSpec

/// A rule about the set of features that a device offers.
///
/// Judged when the driver has read what it wants: at its next status write, as soon as enough is
/// known, or at the end of the session.
protocol OfferRule: Rule {
  static func judgeOffer(_ session: Session) -> Judgement
  var isJudged: Bool { get set }
}

extension OfferRule {
  static var needsWholeLife: Bool { false }

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeStatus, step.hasValue, step.value != 0 else { return .silent }
    return judgeOnce(session, isLast: false)
  }

  mutating func conclude(_ session: Session, end: SessionEnd) -> Judgement {
    judgeOnce(session, isLast: true)
  }

  private mutating func judgeOnce(_ session: Session, isLast: Bool) -> Judgement {
    guard !isJudged, session.marks.firstFeatureRead.isSet else { return .silent }
    let judgement = Self.judgeOffer(session)
    switch judgement {
    case .silent, .undecidable:
      // More of the offer may be read yet.
      return isLast ? judgement : .silent
    case .held, .broken:
      isJudged = true
      return judgement
    }
  }
}

/// A device that offers one feature offers another one too.
protocol OffersTogether: OfferRule {
  static var bit: Int { get }
  static var needed: Int { get }
}

extension OffersTogether {
  static func judgeOffer(_ session: Session) -> Judgement {
    let offered = session.offered
    guard offered.contains(bit) else { return .silent }
    if offered.contains(needed) { return .held }
    guard offered.knows(needed) else { return .undecidable(.featuresNotRead) }
    return .broken(
      Breach(
        message: "device offers \(session.featureName(bit)) without \(session.featureName(needed))",
        evidence: [session.offerEvidence(needed)], place: session.placeOfOffer(bit)))
  }
}

/// A device offers a feature.
protocol OffersFeature: OfferRule {
  static var bit: Int { get }
  /// What excuses a device that does not; nil where nothing is known to.
  static func excuse(_ session: Session) -> UndecidableReason?
}

extension OffersFeature {
  static func excuse(_ session: Session) -> UndecidableReason? { nil }

  static func judgeOffer(_ session: Session) -> Judgement {
    guard session.isModern, session.offered.knows(bit) else { return .silent }
    guard !session.offered.contains(bit) else { return .held }
    if let reason = excuse(session) { return .undecidable(reason) }
    return .broken(
      Breach(
        message: "device does not offer \(session.featureName(bit))",
        evidence: [session.offerEvidence(bit)], place: session.placeOfOffer(bit)))
  }
}

extension Session {
  /// The device offers something that no version before `version` has, so it follows that one.
  func offersNews(of version: SpecVersion) -> Bool {
    guard let type = profile.type else { return false }
    return offered.bits.contains {
      FeatureCatalogue.feature($0, of: type, legacy: isLegacy)?.introducedIn ?? .v1_0 >= version
    }
  }
}
