import Model
import VirtioSpec

/// A PCI device with the SR-IOV capability offers SR_IOV.
///
/// Trap: the extended configuration space may not have been recorded.
///
/// Spec: 6.2
struct SRIOVDevOffer: Rule {
  static let id = "feature.sr-iov.dev-offer"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.offer(step) != nil, step.interface == .modern, step.index == 1,
      step.mask & 1 << 5 != 0, session.profile.transport == .pci
    else { return .silent }
    if step.value & 1 << 5 != 0 { return .held }
    guard session.profile.hasSRIOV == .yes else { return .silent }
    return .broken(
      "device has the SR-IOV capability and does not offer \(session.featureName(37))")
  }
}
