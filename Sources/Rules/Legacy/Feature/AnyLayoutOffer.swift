import Model
import VirtioSpec

/// A transitional device offers ANY_LAYOUT.
///
/// That it is transitional shows on PCI, where it has a modern structure as well. Traps: a legacy device
/// need not offer it; a disk that passes SCSI commands through is known not to.
///
/// Spec: 6.3
struct AnyLayoutOffer: Rule {
  static let id = "legacy.feature.any-layout-offer"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readDeviceFeatures, step.interface == .legacy, step.hasValue,
      step.index == 0, step.mask >> 27 & 1 == 1, session.profile.transport == .pci
    else { return .silent }
    guard step.value >> 27 & 1 == 0 else { return .held }
    guard session.profile.hasCommonConfiguration == .yes, session.profile.hasTransitionalPCIID,
      session.profile.type?.name != "blk" || step.value >> 7 & 1 == 0
    else { return .undecidable(.abilitiesNotRecorded) }
    return .broken(
      "device is transitional and does not offer VIRTIO_F_ANY_LAYOUT (bit 27) through the legacy "
        + "interface")
  }
}
