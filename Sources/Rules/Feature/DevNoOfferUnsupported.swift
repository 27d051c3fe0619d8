import Model
import VirtioSpec

/// A device offers no bit that it could not honour because nobody defines it.
///
/// Traps: a transitional device legally offers bits 24, 27 and 30; a device may follow a newer
/// version, so that an unassigned bit proves nothing. What no version can excuse is a bit that only
/// the legacy interface gives a meaning, on a device that has no such interface.
///
/// Spec: 2.2.2
struct DevNoOfferUnsupported: Rule {
  static let id = "feature.dev-no-offer-unsupported"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let shown = session.offer(step) else { return .silent }
    var wrong: [Int] = []
    let isUnassigned = shown.firstBeyond >= 128
    var unknown: [Int] = []
    for bit in shown.bits {
      switch session.standing(bit) {
      case .legacyOnly where !FeatureCatalogue.isDeviceSpecific(bit) && session.isNonTransitional:
        wrong.append(bit)
      case .reserved: unknown.append(bit)
      default: break
      }
    }
    guard wrong.isEmpty else {
      return .broken(
        "device offers \(session.featureNames(wrong)), which only a legacy interface "
          + "gives a meaning, and has none")
    }
    if !unknown.isEmpty, !session.mayFollowNewer {
      return .broken(
        "device offers \(session.featureNames(unknown)), which \(session.specName) reserves")
    }
    if isUnassigned || !unknown.isEmpty { return .undecidable(.newerSpecification) }
    return shown.isEmpty ? .silent : .held
  }
}

extension Session {
  /// The bits that `step` shows as offered, nil when it reads no offer.
  func offer(_ step: Transaction) -> FeatureSet? {
    guard step.kind == .readDeviceFeatures, step.hasValue, step.isAccepted else { return nil }
    var result = FeatureSet()
    result.update(word: step.index, value: step.value, mask: step.mask)
    return result
  }
}
