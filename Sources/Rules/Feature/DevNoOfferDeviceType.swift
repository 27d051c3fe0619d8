import Model
import VirtioSpec

/// A device offers no type-specific bit that its type does not define.
///
/// Traps: an unspecified type has no list; a device may follow a newer version, as the clause
/// itself says. What no version can excuse is a type's legacy feature on a device without a legacy
/// interface.
///
/// Spec: 2.2.2
struct DevNoOfferDeviceType: Rule {
  static let id = "feature.dev-no-offer-device-type"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let shown = session.offer(step), let type = session.profile.type else { return .silent }
    var wrong: [Int] = []
    var unknown: [Int] = []
    var isExercised = false
    for bit in shown.bits where FeatureCatalogue.isDeviceSpecific(bit, in: session.profile.spec) {
      switch session.standing(bit) {
      case .legacyOnly where session.isNonTransitional: wrong.append(bit)
      case .foreignToType: unknown.append(bit)
      case .known, .legacyOnly: isExercised = true
      default: break
      }
    }
    guard wrong.isEmpty else {
      return .broken(
        "device offers \(session.featureNames(wrong)), which the \(type.name) device type "
          + "defines for the legacy interface only, and has none")
    }
    guard unknown.isEmpty else {
      guard !session.mayFollowNewer else { return .undecidable(.newerSpecification) }
      return .broken(
        "device offers \(session.featureNames(unknown)), which \(session.specName) does not give "
          + "the \(type.name) device type")
    }
    return isExercised ? .held : .silent
  }
}
