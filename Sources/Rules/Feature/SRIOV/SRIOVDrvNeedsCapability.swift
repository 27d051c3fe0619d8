import Model
import VirtioSpec

/// A driver does not accept SR_IOV for a device without the capability, or not on PCI.
///
/// Trap: the extended configuration space may not have been recorded.
///
/// Spec: 6.1
struct SRIOVDrvNeedsCapability: Rule {
  static let id = "feature.sr-iov.drv-needs-capability"
  static let coveredBy = ["feature.no-accept-transport-unsupported"]
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let accepted = session.acceptance(step), accepted.contains(37) else { return .silent }
    let why: String
    switch (session.profile.transport, session.profile.hasSRIOV) {
    case (.pci, .yes): return .held
    case (.pci, .unknown): return .undecidable(.topologyNotRecorded)
    case (.pci, .no): why = "a device without the SR-IOV capability"
    default: why = "a device that is not on PCI"
    }
    return .broken(
      Breach(
        message: "driver accepts \(session.featureName(37)) of \(why)",
        evidence: [session.commitEvidence(step)], place: session.placeOfAcceptance(37, step)))
  }
}
