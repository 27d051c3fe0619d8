import Model

/// A device shows the driver's valid features as the driver wrote them.
///
/// Traps: bits that are not offered may be shown or dropped.
///
/// Spec: 4.1.4.3.1
struct PCICommonDevDriverFeatureReadback: Rule {
  static let id = "pci.common.dev-driver-feature-readback"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    let word = Int(step.index)
    guard session.isCommon(step), step.kind == .readDriverFeatures, step.hasValue, word < 4,
      session.offered.knows(word: word), session.accepted.knows(word: word),
      // A device may ignore what is written after FEATURES_OK.
      !session.marks.featuresOK.isSet || session.featureWrites[word] < session.marks.featuresOK
    else { return .silent }
    let valid = session.accepted.word(word) & session.offered.word(word)
    let wrong = (step.value ^ valid) & session.offered.word(word) & step.mask
    guard wrong != 0 else { return .held }
    return .broken(
      "device returns driver_feature \(hex(step.value, digits: 8)) for word \(word), and the driver "
        + "wrote \(hex(session.accepted.word(word), digits: 8))",
      Evidence(session.featureWrites[word], "driver writes feature word \(word)"))
  }
}
