import Model
import VirtioSpec

/// On the legacy interface of PCI a device takes every feature bit above 31 as not accepted.
///
/// Traps: a little-endian guest hides nearly all of it; a packed ring does not even fit the registers.
///
/// Spec: 4.1.4.10
struct DevHighFeaturesUnacked: Rule {
  static let id = "legacy.pci.dev-high-features-unacked"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .usedIndex, session.profile.transport == .pci, session.isLegacy,
      let ring = session.ring(step.queue), ring.layout.isBigEndian, ring.isUsedKnown
    else { return .silent }
    let new = UInt16(truncatingIfNeeded: step.value)
    guard ring.looksSwapped(new, after: ring.usedIndex) else { return .held }
    return .broken(
      "device writes used index \(new.byteSwapped) of queue \(step.queue) little-endian, as if"
        + " VERSION_1 had been accepted through the legacy interface")
  }
}
