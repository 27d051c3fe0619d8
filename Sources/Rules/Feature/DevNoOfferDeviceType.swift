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
    var isUnassigned = false
    var isExercised = false
    for bit in shown.bits where FeatureCatalogue.isDeviceSpecific(bit) {
      switch session.standing(bit) {
      case .legacyOnly where session.isNonTransitional: wrong.append(bit)
      case .foreignToType: isUnassigned = true
      case .known, .legacyOnly: isExercised = true
      default: break
      }
    }
    guard wrong.isEmpty else {
      return .broken(
        "device offers \(session.featureNames(wrong)), which the \(type.name) device type "
          + "defines for the legacy interface only, and has none")
    }
    if isUnassigned { return .undecidable(.newerSpecification) }
    return isExercised ? .held : .silent
  }
}
