import Model

/// Proposal: a transitional device does not offer VERSION_1 through its legacy interface.
///
/// Trap: legacy PCI shows bits 0 to 31 only. On channel I/O, a revision agreed before the recording
/// would make the interface modern.
struct LegacyIfDevNoVersion1: Rule {
  static let id = "rfc.legacy-if.dev-no-version1"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.interface == .legacy, step.index == 1, let shown = session.offer(step),
      shown.knows(32)
    else { return .silent }
    guard shown.contains(32) else { return .held }
    guard session.isCertainlyLegacy else { return .undecidable(.startsMidLife) }
    return .broken(
      "device offers \(session.featureName(32)) through the legacy interface",
      Evidence(session.interfaceEvidence, "the legacy interface is in use"))
  }
}
