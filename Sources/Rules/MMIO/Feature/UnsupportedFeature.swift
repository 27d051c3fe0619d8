import Model
import VirtioSpec

/// A rule that a feature which a transport does not support is neither offered nor accepted on it.
///
/// General rules name the same event under a keyword; their findings stand for these.
protocol UnsupportedFeature: Rule {
  static var transport: TransportKind { get }
  static var bit: Int { get }
  /// Whether the bit means the feature on a device of `type`.
  static func means(on type: DeviceType) -> Bool
}

extension UnsupportedFeature {
  static var coveredBy: [String] { [NoAcceptTransportUnsupported.id, DevNoOfferTransport.id] }
  static var needsWholeLife: Bool { false }

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.profile.transport == Self.transport, let type = session.profile.type,
      Self.means(on: type)
    else { return .silent }
    let name = session.featureName(Self.bit)
    let ending = "which the \(Self.transport.name) transport does not support"
    if let offer = session.offer(step), offer.knows(Self.bit) {
      return offer.contains(Self.bit) ? .broken("device offers \(name), \(ending)") : .held
    }
    guard let accepted = session.acceptance(step) else { return .silent }
    guard accepted.contains(Self.bit) else { return .held }
    return .broken(
      Breach(
        message: "driver accepts \(name), \(ending)", evidence: [session.offerEvidence(Self.bit)],
        place: session.placeOfAcceptance(Self.bit, step)))
  }
}
