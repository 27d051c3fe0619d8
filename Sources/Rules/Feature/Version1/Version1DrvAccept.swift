import Model

/// A driver accepts VERSION_1 whenever it is offered.
///
/// Traps: the legacy interface cannot carry the bit (on PCI) or belongs to a legacy driver (MMIO
/// version 1, CCW revision 0), which is no driver of this specification.
///
/// Spec: 6.1
struct Version1DrvAccept: Rule {
  static let id = "feature.version1.drv-accept"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.commitsFeatures(step) else { return .silent }
    guard session.offered.knows(32) else { return .undecidable(.featuresNotRead) }
    guard session.offered.contains(32) else { return .silent }
    guard !session.accepted.contains(32) else { return .held }
    return .broken(
      Breach(
        message: "driver does not accept \(session.featureName(32)), which the device offers",
        evidence: [session.offerEvidence(32), session.commitEvidence(step)],
        place: session.placeOfAcceptance(32, step),
        help: "accept VIRTIO_F_VERSION_1 through the modern interface, or use the legacy interface "
          + "from the reset on"))
  }
}
