import Model

/// A device offers FLUSH.
///
/// Trap: a device that offers RO has nothing to flush.
///
/// Spec: 5.2.5.2
struct BlkFeatFlushOffer: OffersFeature {
  static let id = "blk.feat.flush-offer"
  static let bit = 9
  var tally = Tally()
  var isJudged = false

  static func excuse(_ session: Session) -> UndecidableReason? {
    session.offered.contains(5) ? .abilitiesNotRecorded : nil
  }
}

/// A device that offers CONFIG_WCE offers FLUSH too.
///
/// Spec: 5.2.5.2
struct BlkFeatWCERequiresFlush: OffersTogether {
  static let id = "blk.feat.wce-requires-flush"
  static let bit = 11
  static let needed = 9
  var tally = Tally()
  var isJudged = false
}

/// A driver accepts RO where it is offered.
///
/// Trap: a boot loader that only reads has no use for it.
///
/// Spec: 5.2.6.1
struct BlkFeatROAccept: AcceptsOffered {
  static let id = "blk.feat.ro-accept"
  static let bit = 5
  static let needsSupport = true
  var tally = Tally()
}
