import Model
import VirtioSpec

/// The list of services has each one that a feature tells of.
///
/// Trap: a device may have no service at all, or one that a later version brought.
///
/// Spec: 5.9.4.1
struct CryptoCfgServicesSet: Rule {
  static let id = "crypto.cfg.services-set"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readConfig, step.hasValue, step.isAccepted,
      CryptoService.list.encloses(step), step.width == 4
    else { return .silent }
    let services = step.value
    for service in CryptoService.allCases
    where session.offered.contains(service.statelessFeature) && !service.isIn(services) {
      return .broken(
        "device gives crypto_services \(hex(services)) without \(service.name), "
          + "and offers \(session.featureName(service.statelessFeature))",
        session.offerEvidence(service.statelessFeature))
    }
    if services == 0 { return .undecidable(.abilitiesNotRecorded) }
    return services >> 6 == 0 ? .held : .undecidable(.newerSpecification)
  }
}
