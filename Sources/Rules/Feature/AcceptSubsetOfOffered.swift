import Model

/// A driver accepts nothing that the device did not offer.
///
/// Traps: a bit whose offer was never read may have been offered; on the modern interface only the
/// last form of the set counts.
///
/// Spec: 2.2.1
struct AcceptSubsetOfOffered: Rule {
  static let id = "feature.accept-subset-of-offered"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let accepted = session.acceptance(step) else { return .silent }
    let missing = accepted.bitsKnownMissing(in: session.offered).bits
    guard let first = missing.first else {
      let isKnown = accepted.isKnown(by: session.offered)
      return isKnown ? (accepted.isEmpty ? .silent : .held) : .undecidable(.featuresNotRead)
    }
    return .broken(
      Breach(
        message: "driver accepts \(session.featureNames(missing)), which the device did not offer",
        evidence: [session.offerEvidence(first), session.commitEvidence(step)],
        place: session.placeOfAcceptance(first, step),
        help: "mask the driver's features with what the device offers before writing them"))
  }
}
