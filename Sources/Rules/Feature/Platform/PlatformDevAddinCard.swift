import Model
import VirtioSpec

/// A PCI add-in card offers ACCESS_PLATFORM and ORDER_PLATFORM.
///
/// Whether a function sits on an add-in card is not in any access to it.
///
/// Spec: 6.2
struct PlatformDevAddinCard: Rule {
  static let id = "feature.platform.dev-addin-card"
  static let neverAccuses = true
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let shown = session.offer(step), step.interface == .modern, shown.knows(33),
      shown.knows(36), session.profile.transport == .pci
    else { return .silent }
    let offersBoth = shown.contains(33) && shown.contains(36)
    return offersBoth ? .held : .undecidable(.topologyNotRecorded)
  }
}
