import Model

/// Rules about single reserved feature bits (chapter 6), and which steps each one sees.
struct ReservedFeatureRules: Area {
  private var version1DrvAccept = Version1DrvAccept()
  private var version1DevOffer = Version1DevOffer()
  private var accessPlatform = AccessPlatformDrvAccept()
  private var ringPacked = RingPackedDrvAccept()
  private var orderPlatform = OrderPlatformDrvAccept()
  private var notifConfigData = NotifConfigDataDrvAccept()
  private var sriovNeedsCapability = SRIOVDrvNeedsCapability()
  private var sriovNegotiateFirst = SRIOVDrvNegotiateFirst()
  private var sriovDevOffer = SRIOVDevOffer()
  private var sriovDevNoOffer = SRIOVDevNoOffer()
  private var accessPlatformDevOffer = AccessPlatformDevOffer()
  private var platformAddinCard = PlatformDevAddinCard()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .writeStatus:
      out.run(&version1DrvAccept, step, session)
      out.run(&accessPlatform, step, session)
      out.run(&ringPacked, step, session)
      out.run(&orderPlatform, step, session)
      out.run(&notifConfigData, step, session)
      out.run(&sriovNeedsCapability, step, session)
    case .writeDriverFeatures:
      out.run(&sriovNeedsCapability, step, session)
    case .writeVFEnable:
      out.run(&sriovNegotiateFirst, step, session)
    case .readDeviceFeatures:
      out.run(&version1DevOffer, step, session)
      out.run(&sriovDevOffer, step, session)
      out.run(&sriovDevNoOffer, step, session)
      out.run(&accessPlatformDevOffer, step, session)
      out.run(&platformAddinCard, step, session)
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
      (SRIOVDrvNeedsCapability.self, sriovNeedsCapability.tally),
      (SRIOVDrvNegotiateFirst.self, sriovNegotiateFirst.tally),
      (SRIOVDevOffer.self, sriovDevOffer.tally),
      (SRIOVDevNoOffer.self, sriovDevNoOffer.tally),
      (AccessPlatformDevOffer.self, accessPlatformDevOffer.tally),
      (PlatformDevAddinCard.self, platformAddinCard.tally),
    ]
  }
}
