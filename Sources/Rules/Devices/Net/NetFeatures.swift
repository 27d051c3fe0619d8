import Model

/// A device that offers IPSEC offers OUT_NET_HEADER too.
///
/// Spec: 5.1.3
struct NetIpsecOfferOutNetHdr: OffersTogether {
  static let id = "net.ipsec.offer-out-net-hdr"
  static let bit = 70
  static let needed = 69
  var tally = Tally()
  var isJudged = false
}

/// A device offers no feature without those that it requires.
///
/// Traps: as for `feature.dev-offer-dependency`, whose special form this is.
///
/// Spec: 5.1.3.1
struct NetFeatRequiresOffered: OfferDependencies {
  static let id = "net.feat.requires-offered"
  var tally = Tally()
  var isJudged = false
}

/// A driver accepts no feature without those that it requires.
///
/// Trap: only the set that stands when FEATURES_OK is written counts.
///
/// Spec: 5.1.3.1
struct NetFeatRequiresAccepted: AcceptDependencies {
  static let id = "net.feat.requires-accepted"
  var tally = Tally()
}

/// A device does not offer HASH_REPORT without the control queue.
///
/// Spec: 5.1.4.1
struct NetFeatHashReportOfferCtrl: OffersTogether {
  static let id = "net.feat.hash-report-offer-ctrl"
  static let bit = 57
  static let needed = 17
  var tally = Tally()
  var isJudged = false
}

/// A device does not offer CTRL_RX_EXTRA without the control queue.
///
/// Spec: 5.1.4.1
struct NetFeatRxExtraOfferCtrl: OffersTogether {
  static let id = "net.feat.rx-extra-offer-ctrl"
  static let bit = 20
  static let needed = 17
  var tally = Tally()
  var isJudged = false
}

/// A driver does not accept HASH_REPORT without the control queue.
///
/// Spec: 5.1.4.2
struct NetFeatHashReportAcceptCtrl: AcceptsTogether {
  static let id = "net.feat.hash-report-accept-ctrl"
  static let bit = 57
  static let needed = 17
  var tally = Tally()
}

/// A driver does not accept CTRL_RX_EXTRA without the control queue.
///
/// Spec: 5.1.4.2
struct NetFeatRxExtraAcceptCtrl: AcceptsTogether {
  static let id = "net.feat.rx-extra-accept-ctrl"
  static let bit = 20
  static let needed = 17
  var tally = Tally()
}

/// A driver accepts MAC where it is offered.
///
/// Spec: 5.1.4.2
struct NetFeatMacAccept: AcceptsOffered {
  static let id = "net.feat.mac-accept"
  static let bit = 5
  static let needsSupport = false
  var tally = Tally()
}

/// A driver accepts STANDBY where it is offered.
///
/// Trap: one without support for failover leaves it out knowingly.
///
/// Spec: 5.1.4.2
struct NetFeatStandbyAccept: AcceptsOffered {
  static let id = "net.feat.standby-accept"
  static let bit = 62
  static let needsSupport = true
  var tally = Tally()
}

/// A driver that can tell exact header lengths accepts GUEST_HDRLEN where it is offered.
///
/// Trap: whether it can is not recorded.
///
/// Spec: 5.1.6.2
struct NetFeatHdrlenAccept: AcceptsOffered {
  static let id = "net.feat.hdrlen-accept"
  static let bit = 59
  static let needsSupport = true
  var tally = Tally()
}
