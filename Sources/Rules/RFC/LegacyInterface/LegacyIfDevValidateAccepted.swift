import Model

/// Proposal: through the legacy interface a device checks that what is accepted was offered there.
///
/// Trap: it has no FEATURES_OK to refuse with and may drop the bits without a word; only its register
/// shows whether it took them.
struct LegacyIfDevValidateAccepted: Rule {
  static let id = "rfc.legacy-if.dev-validate-accepted"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.interface == .legacy, step.hasValue else { return .silent }
    let wrong = session.accepted.bitsKnownMissing(in: session.offeredLegacy)
    switch step.kind {
    case .readDriverFeatures:
      guard !wrong.isEmpty else { return .silent }
      var shown = FeatureSet()
      shown.update(word: step.index, value: step.value, mask: step.mask)
      let taken = shown.intersection(wrong).bits
      guard !taken.isEmpty else { return .held }
      return .broken(
        "device shows \(session.featureNames(taken)) as accepted, "
          + "which it did not offer through the legacy interface",
        Evidence(session.marks.lastFeatureWrite, "driver has written its features"),
        session.offerEvidence(taken[0]))
    case .writeDriverFeatures:
      guard let accepted = session.acceptance(step),
        !accepted.bitsKnownMissing(in: session.offeredLegacy).isEmpty
      else { return .silent }
      return .undecidable(.acceptedNotReadBack)
    default:
      return .silent
    }
  }
}
