import Model

/// Proposal: through the legacy interface a driver accepts only what is offered there.
///
/// Traps: the modern interface may offer more; legacy PCI has word 0 only.
struct LegacyIfDrvAcceptOnlyOffered: Rule {
  static let id = "rfc.legacy-if.drv-accept-only-offered"
  static let coveredBy = ["feature.accept-subset-of-offered"]
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeDriverFeatures, step.interface == .legacy,
      let accepted = session.acceptance(step), !accepted.isEmpty
    else { return .silent }
    let missing = accepted.bitsKnownMissing(in: session.offeredLegacy).bits
    guard let first = missing.first else {
      return accepted.isKnown(by: session.offeredLegacy) ? .held : .undecidable(.featuresNotRead)
    }
    return .broken(
      "driver accepts \(session.featureNames(missing)), "
        + "which the device did not offer through the legacy interface",
      session.offerEvidence(first))
  }
}
