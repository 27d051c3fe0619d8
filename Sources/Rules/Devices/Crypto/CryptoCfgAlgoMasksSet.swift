import Model
import VirtioSpec

/// Each service that is offered has algorithms.
///
/// Trap: IPSEC has no mask here. A mask of two fields is judged when both are known.
///
/// Spec: 5.9.4.1
struct CryptoCfgAlgoMasksSet: Rule {
  static let id = "crypto.cfg.algo-masks-set"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readConfig, step.hasValue, step.isAccepted, step.width == 4,
      let services = session.lastRead(CryptoService.list, with: step)
    else { return .silent }
    for service in CryptoService.allCases where service.isIn(services) {
      let isMeant =
        service.masks.contains { $0.encloses(step) } || CryptoService.list.encloses(step)
      let values = service.masks.map { session.lastRead($0, with: step) }
      guard isMeant, values.allSatisfy({ $0 != nil }) else { continue }
      if values.allSatisfy({ $0 == 0 }) {
        return .broken(
          "device offers the \(service.name) service and gives no algorithm "
            + "in \(service.masks.map(\.name).joined(separator: " and "))")
      }
    }
    return CryptoService.allCases.contains { $0.masks.contains { $0.encloses(step) } }
      ? .held : .silent
  }
}
