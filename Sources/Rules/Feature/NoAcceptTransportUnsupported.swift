import Model
import VirtioSpec

/// A driver accepts no feature that its transport does not support.
///
/// Traps: bit 41 means GUEST_RSC4 on a network device; what a transport supports is asked of the
/// catalogue, which a newer version may extend.
///
/// Spec: 2.2.1, 4.2.5, 4.3.4
struct NoAcceptTransportUnsupported: Rule {
  static let id = "feature.no-accept-transport-unsupported"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let accepted = session.acceptance(step) else { return .silent }
    var wrong: [Int] = []
    for bit in accepted.bits where session.isUnsupportedHere(bit) { wrong.append(bit) }
    guard let first = wrong.first else { return accepted.isEmpty ? .silent : .held }
    return .broken(
      Breach(
        message: "driver accepts \(session.featureNames(wrong)), "
          + "which the \(session.profile.transport.name) transport does not support",
        evidence: [session.offerEvidence(first), session.commitEvidence(step)],
        place: session.placeOfAcceptance(first, step),
        help: "keep a list of supported features for each transport"))
  }
}

extension Session {
  /// Whether the transport rules the feature out. A bit whose meaning depends on a device type that
  /// is not known is not ruled out.
  func isUnsupportedHere(_ bit: Int) -> Bool {
    guard let type = profile.type else {
      return bit != 41 && !FeatureCatalogue.supported(bit, on: profile.transport)
    }
    return !FeatureCatalogue.supported(bit, on: profile.transport, of: type)
  }
}
