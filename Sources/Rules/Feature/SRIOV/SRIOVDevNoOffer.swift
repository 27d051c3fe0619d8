import Model
import VirtioSpec

/// A device without the SR-IOV capability, or not on PCI, does not offer SR_IOV.
///
/// Trap: the extended configuration space may not have been recorded.
///
/// Spec: 6.2
struct SRIOVDevNoOffer: Rule {
  static let id = "feature.sr-iov.dev-no-offer"
  static let coveredBy = ["feature.dev-no-offer-transport"]
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let shown = session.offer(step), step.index == 1 else { return .silent }
    guard shown.contains(37) else { return shown.knows(37) ? .held : .silent }
    let why: String
    switch (session.profile.transport, session.profile.hasSRIOV) {
    case (.pci, .yes): return .held
    case (.pci, .unknown): return .undecidable(.topologyNotRecorded)
    case (.pci, .no): why = "has no SR-IOV capability"
    default: why = "is not on PCI"
    }
    return .broken("device offers \(session.featureName(37)) and \(why)")
  }
}
