import Model

/// Rules about single reserved feature bits (chapter 6), and which steps each one sees.
struct ReservedFeatureRules: Area {
  private var version1DrvAccept = Version1DrvAccept()
  private var version1DevOffer = Version1DevOffer()
  private var accessPlatform = AccessPlatformDrvAccept()
  private var ringPacked = RingPackedDrvAccept()
  private var orderPlatform = OrderPlatformDrvAccept()
  private var notifConfigData = NotifConfigDataDrvAccept()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .writeStatus:
      out.run(&version1DrvAccept, step, session)
      out.run(&accessPlatform, step, session)
      out.run(&ringPacked, step, session)
      out.run(&orderPlatform, step, session)
      out.run(&notifConfigData, step, session)
    case .readDeviceFeatures:
      out.run(&version1DevOffer, step, session)
    default:
      break
    }
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (Version1DrvAccept.self, version1DrvAccept.tally),
      (Version1DevOffer.self, version1DevOffer.tally),
      (AccessPlatformDrvAccept.self, accessPlatform.tally),
      (RingPackedDrvAccept.self, ringPacked.tally),
      (OrderPlatformDrvAccept.self, orderPlatform.tally),
      (NotifConfigDataDrvAccept.self, notifConfigData.tally),
    ]
  }
}
