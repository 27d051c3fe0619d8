import Model

/// Features change only after a reset.
///
/// Traps: writing the same value again changes nothing; a legacy driver has no FEATURES_OK and may
/// write its features late, so there only a change after DRIVER_OK counts.
///
/// Spec: 2.2 (no keyword)
struct RenegotiateNeedsReset: Rule {
  static let id = "feature.renegotiate-needs-reset"
  static let coveredBy = ["core.init.no-new-features-after-features-ok"]
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeDriverFeatures, step.hasValue, step.isAccepted, step.index < 4 else {
      return .silent
    }
    let word = Int(step.index)
    let end = session.isLegacy ? session.marks.driverOK : session.marks.featuresOK
    guard end.isSet else { return .silent }
    let before = session.accepted.word(word) & step.mask
    guard before != step.value & step.mask else { return .held }
    guard session.featureWrites[word].isSet || !session.isLegacy else { return .silent }
    let name = session.isLegacy ? "DRIVER_OK" : "FEATURES_OK"
    return .broken(
      Breach(
        message: "driver changes word \(word) of its features from \(hex(before, digits: 8)) "
          + "to \(hex(step.value, digits: 8)) after \(name), without a reset",
        evidence: [
          Evidence(session.featureWrites[word], "driver had written \(hex(before, digits: 8))"),
          Evidence(end, "driver set \(name)"),
        ],
        help: "reset the device and go through the initialization again"))
  }
}
