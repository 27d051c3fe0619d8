import Model

/// Proposal: a driver does not try the legacy interface after modern operation failed.
///
/// Traps: a machine that was reset starts another driver; a user may force a driver to be legacy
/// from the start, where nothing modern failed before.
struct FallbackNoLegacyAfterModern: Rule {
  static let id = "rfc.fallback.no-legacy-after-modern"
  // The first step of a life comes before its start is noted; the life before was seen to fail.
  static let needsWholeLife = false
  var tally = Tally()
  private var isJudged = false
  private var machineWasReset = false

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    if step.kind == .machineEvent, step.value == 1 { machineWasReset = true }
    guard !isJudged, !machineWasReset, !session.gap.isSet, step.interface != .none,
      let previous = session.previous,
      previous.interface == .modern, previous.failed.isSet || previous.featuresOKRefused.isSet
    else { return .silent }
    isJudged = true
    guard step.interface == .legacy else { return .held }
    return .broken(
      "driver goes on through the legacy interface after it failed through the modern one",
      Evidence(previous.featuresOKRefused, "device does not agree to FEATURES_OK"),
      Evidence(previous.failed, "driver sets FAILED"))
  }
}
