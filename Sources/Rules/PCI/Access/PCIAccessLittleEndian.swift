import Model

/// Fields of the PCI structures are little-endian.
///
/// Shown where it is beyond doubt: features that are not offered as they stand, and are offered with
/// their bytes the other way round.
///
/// Traps: the device configuration of a legacy device has the guest's byte order; a recorder that
/// turns every value turns the offer as well.
///
/// Spec: 4.1.3
struct PCIAccessLittleEndian: Rule {
  static let id = "pci.access.little-endian"
  static let coveredBy = ["feature.accept-subset-of-offered", "feature.validate-offered"]
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    let word = Int(step.index)
    guard session.isCommon(step), step.kind == .writeDriverFeatures, step.hasValue, word < 4,
      !step.traits.contains(.wrongWidth), session.offered.knows(word: word)
    else { return .silent }
    let offered = session.offered.word(word)
    let value = step.value & 0xffff_ffff
    let turned = UInt64(UInt32(truncatingIfNeeded: value).byteSwapped)
    guard value & ~offered != 0, turned & ~offered == 0 else { return .held }
    return .broken(
      "driver writes feature word \(word) as \(hex(value, digits: 8)), which is "
        + "\(hex(turned, digits: 8)) of the features offered with its bytes the other way round",
      session.offerEvidence(word * 32))
  }
}
