import Model
import VirtioSpec

/// A device that is not host-managed shows zeroes in the zoned fields when ZONED was not accepted.
///
/// Trap: a host-managed device has to refuse the features instead, so the model must be known.
///
/// Spec: 5.2.5.2
struct BlkZonedUnacceptedZeroFields: Rule {
  static let id = "blk.zoned.unaccepted-zero-fields"
  private static let model = ConfigSpan(.blk, "zoned.model")
  private static let names = [
    "zoned.zone_sectors", "zoned.max_open_zones", "zoned.max_active_zones",
    "zoned.max_append_sectors", "zoned.write_granularity", "zoned.model", "zoned.unused2",
  ]
  private static let fields = names.map { ConfigSpan(.blk, $0) }
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readConfig, step.hasValue, step.isAccepted, session.isModern,
      session.marks.featuresOKConfirmed, session.offered.contains(17),
      session.hasNotNegotiated(17), let field = Self.fields.first(where: { $0.encloses(step) })
    else { return .silent }
    guard step.value != 0 else { return .held }
    switch session.lastRead(Self.model, with: step) {
    case BlkZoneModel.hostManaged: return .silent
    case nil: return .undecidable(.abilitiesNotRecorded)
    default: break
    }
    return .broken(
      "device gives \(field.name) \(step.value) though \(session.featureName(17)) "
        + "was not accepted",
      session.offerEvidence(17),
      Evidence(session.featureWrites[0], "driver writes feature word 0"))
  }
}
