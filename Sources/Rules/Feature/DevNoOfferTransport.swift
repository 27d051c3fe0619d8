import Model
import VirtioSpec

/// A device offers no feature that its transport does not support.
///
/// Trap: bit 41 means GUEST_RSC4 on a network device. NOTIF_CONFIG_DATA is defined through a PCI
/// field only, but nothing in the text rules it out elsewhere.
///
/// Spec: 2.2.2, 4.2.5, 4.3.4
struct DevNoOfferTransport: Rule {
  static let id = "feature.dev-no-offer-transport"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let shown = session.offer(step) else { return .silent }
    var wrong: [Int] = []
    for bit in shown.bits where session.isUnsupportedHere(bit) { wrong.append(bit) }
    guard wrong.isEmpty else {
      return .broken(
        Breach(
          message: "device offers \(session.featureNames(wrong)), "
            + "which the \(session.profile.transport.name) transport does not support",
          help: "mask the device's features by what its transport supports"))
    }
    return shown.isEmpty ? .silent : .held
  }
}
