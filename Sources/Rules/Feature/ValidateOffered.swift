import Model

/// A driver looks at what is offered before it accepts anything.
///
/// Traps: a driver may remember what it read in an earlier life; a recording that starts late may
/// not show the read. A word of zeroes accepts nothing.
///
/// Spec: 2.2.1
struct ValidateOffered: Rule {
  static let id = "feature.validate-offered"
  static let coveredBy = ["core.init.features-read-before-write"]
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeDriverFeatures, step.hasValue, step.isAccepted else { return .silent }
    var written = FeatureSet()
    written.update(word: step.index, value: step.value, mask: step.mask)
    guard step.index < 4, let first = written.bits.first else { return .silent }
    let earlier = session.previous?.everOffered ?? FeatureSet()
    let known = session.offered.union(earlier)
    let unseen = written.bits.filter { !known.knows($0) }
    guard !unseen.isEmpty else { return .held }
    let word = first / 32
    return .broken(
      Breach(
        message: "driver accepts \(session.featureNames(unseen)) "
          + "without having read what the device offers in word \(word)",
        help: "read the device's features, word by word, before writing the driver's"))
  }
}
