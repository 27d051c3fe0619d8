import Model
import VirtioSpec

/// Proposal: a PCI driver is legacy if it accesses the legacy structure in BAR0.
///
/// The device must then take bits 32 and up for not accepted; its register of accepted features
/// shows if it does not.
///
/// Traps: firmware may use BAR0 first, and the operating system the modern structure after a reset; a
/// driver that wrote word 1 itself through the modern structure is at fault for mixing the two.
struct PCILegacyDriverDetect: Rule {
  static let id = "rfc.pci.legacy-driver-detect"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.profile.transport == .pci, step.kind == .readDriverFeatures, step.index == 1,
      step.hasValue, session.isLegacy, session.hasLife, !session.featureWrites[1].isSet
    else { return .silent }
    guard step.value & step.mask != 0 else { return .held }
    var shown = FeatureSet()
    shown.update(word: 1, value: step.value, mask: step.mask)
    return .broken(
      "device shows \(session.featureNames(shown.bits)) as accepted "
        + "by a driver that uses the legacy structure",
      Evidence(session.interfaceEvidence, "driver uses the legacy structure"))
  }
}
