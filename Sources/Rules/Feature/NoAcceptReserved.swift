import Model
import VirtioSpec

/// A driver accepts no feature that is reserved.
///
/// Traps: bits 24, 27 and 30 have a meaning through the legacy interface; a newer version may
/// assign a bit that is reserved now, which both sides then use.
///
/// Spec: 2.2.1
struct NoAcceptReserved: Rule {
  static let id = "feature.no-accept-reserved"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let accepted = session.acceptance(step), !accepted.isEmpty else { return .silent }
    let legacyOnly = accepted.bits.filter { Self.legacyBits.contains($0) }
    guard !session.isLegacy, let first = legacyOnly.first else {
      return session.judgeUnknownBits(
        step, where: { $0 == .reserved },
        message: { "driver accepts \($0), which \(session.specName) reserves" })
    }
    return .broken(
      Breach(
        message: "driver accepts \(session.featureNames(legacyOnly)) through the modern interface, "
          + "where it is reserved",
        evidence: [session.offerEvidence(first), session.commitEvidence(step)],
        place: session.placeOfAcceptance(first, step),
        help: "mask the bit out unless the device is driven through its legacy interface"))
  }

  /// Bits of the queues and the negotiation that only the legacy interface gives a meaning.
  static let legacyBits = FeatureCatalogue.features(of: DeviceType(rawValue: 0))
    .filter(\.legacyOnly).map(\.bit)
}
