import Model
import VirtioSpec

/// A driver accepts no feature without those that it depends on.
///
/// Traps: some dependencies are met by either of two features; the table belongs to the device
/// type. Judged where the set becomes final, so on the modern interface.
///
/// Spec: 2.2.1
struct AcceptDependency: Rule {
  static let id = "feature.accept-dependency"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.commitsFeatures(step) else { return .silent }
    var isExercised = false
    let accepted = session.accepted
    for bit in accepted.bits {
      for terms in session.requirements(of: bit) {
        guard !terms.contains(where: { accepted.contains($0) }) else {
          isExercised = true
          continue
        }
        let need = session.featureNames(terms, joined: " or ")
        return .broken(
          Breach(
            message: "driver accepts \(session.featureName(bit)) without \(need), "
              + "which it depends on",
            evidence: [session.commitEvidence(step)],
            place: session.placeOfAcceptance(bit, step),
            help: "accept the prerequisite as well, or drop the feature"))
      }
    }
    return isExercised ? .held : .silent
  }
}

extension Session {
  /// What feature `bit` requires on this device: of each list, at least one. Empty where the type
  /// is not known.
  func requirements(of bit: Int) -> [[Int]] {
    guard let type = profile.type else { return [] }
    return FeatureCatalogue.feature(bit, of: type, legacy: isLegacy)?.requires ?? []
  }
}
