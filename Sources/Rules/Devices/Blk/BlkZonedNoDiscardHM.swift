import Model
import VirtioSpec

/// A driver does not accept DISCARD on a device that offers ZONED and is host-managed.
///
/// The text says that the driver does not offer it, and means accepting. Judged when the set is
/// final and the model known, whichever comes last.
///
/// Spec: 5.2.5.1
struct BlkZonedNoDiscardHM: Rule {
  static let id = "blk.zoned.no-discard-hm"
  private static let model = ConfigSpan(.blk, "zoned.model")
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    let isFinal =
      session.commitsFeatures(step)
      || session.writtenStatus.contains(.featuresOK) && step.kind == .readConfig
        && Self.model.encloses(step)
    guard isFinal, session.offered.contains(17),
      session.lastRead(Self.model, with: step) == BlkZoneModel.hostManaged
    else { return .silent }
    guard session.accepted.contains(13) else { return .held }
    return .broken(
      Breach(
        message: "driver accepts \(session.featureName(13)) on a host-managed device",
        evidence: [session.offerEvidence(17)], place: session.placeOfAcceptance(13, step)))
  }
}

/// Values of the field `model` of a zoned block device.
enum BlkZoneModel {
  static let none: UInt64 = 0
  static let hostManaged: UInt64 = 1
  static let hostAware: UInt64 = 2
}
