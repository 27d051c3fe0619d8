import Model
import VirtioSpec

/// A legacy device does not offer ZONED, which cannot be negotiated without FEATURES_OK.
///
/// Trap: a transitional device shows what it offers through its legacy interface too.
///
/// Spec: 5.2.5.2
struct BlkFeatZonedLegacy: Rule {
  static let id = "blk.feat.zoned-legacy"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.interface == .legacy, step.index == 0, let shown = session.offer(step) else {
      return .silent
    }
    guard shown.contains(17) else { return shown.knows(17) ? .held : .silent }
    let profile = session.profile
    switch (profile.transport, profile.hasCommonConfiguration) {
    case (.mmio, _) where profile.mmioVersion == 1, (.pci, .no): break
    case (.pci, .unknown): return .undecidable(.topologyNotRecorded)
    default: return .silent
    }
    return .broken(
      "device offers \(session.featureName(17)) and has the legacy interface alone")
  }
}
