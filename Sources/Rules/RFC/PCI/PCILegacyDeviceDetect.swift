import Model
import VirtioSpec

/// Proposal: a PCI device is legacy if its id is 0x1000 to 0x103f and it has no common configuration
/// structure.
///
/// Traps: the capability list may not have been recorded; a legacy driver knows nothing of
/// capabilities and uses a transitional device as legacy by right.
struct PCILegacyDeviceDetect: Rule {
  static let id = "rfc.pci.legacy-device-detect"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.profile.transport == .pci, step.kind == .writeStatus, step.hasValue,
      step.value != 0, session.writtenStatus.isEmpty
    else { return .silent }
    let id = session.profile.pciDeviceID
    guard id != 0 else { return .undecidable(.topologyNotRecorded) }
    switch (step.interface, session.profile.hasCommonConfiguration) {
    case (_, .unknown): return .undecidable(.topologyNotRecorded)
    case (.modern, .yes): return .held
    case (.legacy, .yes):
      // Legacy driver, or one that chose wrongly: the accesses are the same.
      return .undecidable(.abilitiesNotRecorded)
    case (.legacy, .no) where session.profile.hasTransitionalPCIID: return .held
    case (.modern, .no) where session.profile.hasTransitionalPCIID:
      return .broken(
        "driver drives PCI device \(hex(id, digits: 4)) as modern, "
          + "which has no common configuration capability")
    default: return .silent
    }
  }
}
