import Model
import VirtioSpec

/// A driver that knows NO_IMPLIED_STREAM accepts it where it is offered.
///
/// Trap: one older than 1.3 does not know it.
///
/// Spec: 5.10.3.1
struct VsockFeatNoImpliedAccept: AcceptsOffered {
  static let id = "vsock.feat.no-implied-accept"
  static let bit = 2
  static let needsSupport = true
  var tally = Tally()
}

/// A device offers NO_IMPLIED_STREAM.
///
/// Trap: one older than 1.3 does not; one that offers what came with 1.3 or later is not older.
///
/// Spec: 5.10.3.2
struct VsockFeatNoImpliedOffer: OffersFeature {
  static let id = "vsock.feat.no-implied-offer"
  static let bit = 2
  var tally = Tally()
  var isJudged = false

  static func excuse(_ session: Session) -> UndecidableReason? {
    session.offersNews(of: .v1_3) ? nil : .olderSpecification
  }
}

/// The guest has an address that is not kept for others.
///
/// Trap: the two halves are read one after the other.
///
/// Spec: 5.10.6
struct VsockAddrCIDNotReserved: FieldRule {
  static let id = "vsock.addr.cid-not-reserved"
  private static let reserved: Set<UInt64> = [0, 1, 2, 0xffff_ffff, .max]
  static let field = ConfigSpan(.vsock, "guest_cid")
  var tally = Tally()
  var reading = FieldReading()

  static func fault(_ value: UInt64) -> String? {
    !reserved.contains(value) ? nil : "which is reserved"
  }
}
