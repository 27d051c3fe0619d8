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
  static let coveredBy = [
    "net.feat.requires-accepted", "gpu.feat.requires-accepted", "crypto.feat.requires-accepted",
    "can.feat.rtr-requires-classic",
  ]
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.commitsFeatures(step) else { return .silent }
    return session.judgeAcceptDependencies(step) { _ in true }
  }
}

extension Session {
  /// Judges the dependencies of every accepted feature that `isMeant` names, at the step that
  /// makes the set final.
  func judgeAcceptDependencies(_ step: Transaction, _ isMeant: (Int) -> Bool) -> Judgement {
    var isExercised = false
    for bit in accepted.bits where isMeant(bit) {
      for terms in requirements(of: bit) {
        guard !terms.contains(where: { accepted.contains($0) }) else {
          isExercised = true
          continue
        }
        let need = featureNames(terms, joined: " or ")
        return .broken(
          Breach(
            message: "driver accepts \(featureName(bit)) without \(need), which it depends on",
            evidence: [commitEvidence(step)], place: placeOfAcceptance(bit, step),
            help: "accept the prerequisite as well, or drop the feature"))
      }
    }
    return isExercised ? .held : .silent
  }

  /// What feature `bit` requires on this device: of each list, at least one. Empty where the type
  /// or the feature is not known.
  func requirements(of bit: Int) -> [[Int]] {
    guard let type = profile.type else { return [] }
    return FeatureCatalogue.feature(bit, of: type, legacy: isLegacy, in: profile.spec)?.requires
      ?? []
  }
}
