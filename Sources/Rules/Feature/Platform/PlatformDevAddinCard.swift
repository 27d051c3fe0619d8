import Model
import VirtioSpec

/// A PCI add-in card offers ACCESS_PLATFORM and ORDER_PLATFORM.
///
/// Whether a function sits on an add-in card is not in any access to it: a device hint can say so.
///
/// Spec: 6.2
struct PlatformDevAddinCard: Rule {
  static let id = "feature.platform.dev-addin-card"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let shown = session.offer(step), step.interface == .modern, shown.knows(33),
      shown.knows(36), session.profile.transport == .pci, session.profile.isAddInCard != .no
    else { return .silent }
    let missing = [33, 36].filter { !shown.contains($0) }
    guard !missing.isEmpty else { return .held }
    guard session.profile.isAddInCard == .yes else { return .undecidable(.topologyNotRecorded) }
    let names = missing.map { session.featureName($0) }.joined(separator: " and ")
    return .broken("device on an add-in card does not offer \(names)")
  }
}
