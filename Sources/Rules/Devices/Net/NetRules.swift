import Model

/// Rules about the network device, and which steps each one sees.
struct NetRules: Area {
  private var ipsecOfferOutNetHdr = NetIpsecOfferOutNetHdr()
  private var featRequiresOffered = NetFeatRequiresOffered()
  private var featRequiresAccepted = NetFeatRequiresAccepted()
  private var featHashReportOfferCtrl = NetFeatHashReportOfferCtrl()
  private var featRxExtraOfferCtrl = NetFeatRxExtraOfferCtrl()
  private var featHashReportAcceptCtrl = NetFeatHashReportAcceptCtrl()
  private var featRxExtraAcceptCtrl = NetFeatRxExtraAcceptCtrl()
  private var featMacAccept = NetFeatMacAccept()
  private var featStandbyAccept = NetFeatStandbyAccept()
  private var featHdrlenAccept = NetFeatHdrlenAccept()
  private var featLegacyRscBits = NetFeatLegacyRscBits()
  private var featMTUAccept = NetFeatMTUAccept()
  private var cfgMaxVqpRange = NetCfgMaxVqpRange()
  private var mtuRange = NetMTURange()
  private var mtuMin1280 = NetMTUMin1280()
  private var cfgRSSKeyMin40 = NetCfgRSSKeyMin40()
  private var cfgRSSIndTableMin128 = NetCfgRSSIndTableMin128()
  private var cfgSpeedRange = NetCfgSpeedRange()
  private var cfgDuplexValues = NetCfgDuplexValues()
  private var mtuConstant = NetMTUConstant()
  private var cfgNoWrite = NetCfgNoWrite()
  private var legacyCfgEndian = NetLegacyCfgEndian()
  private var cfgLinkRead = NetCfgLinkRead()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .writeStatus:
      out.run(&ipsecOfferOutNetHdr, step, session)
      out.run(&featRequiresOffered, step, session)
      out.run(&featRequiresAccepted, step, session)
      out.run(&featHashReportOfferCtrl, step, session)
      out.run(&featRxExtraOfferCtrl, step, session)
      out.run(&featHashReportAcceptCtrl, step, session)
      out.run(&featRxExtraAcceptCtrl, step, session)
      out.run(&featMacAccept, step, session)
      out.run(&featStandbyAccept, step, session)
      out.run(&featHdrlenAccept, step, session)
      out.run(&featLegacyRscBits, step, session)
      out.run(&featMTUAccept, step, session)
    case .writeDriverFeatures:
      out.run(&featHashReportAcceptCtrl, step, session)
      out.run(&featRxExtraAcceptCtrl, step, session)
    case .readConfig:
      out.run(&cfgMaxVqpRange, step, session)
      out.run(&mtuRange, step, session)
      out.run(&mtuMin1280, step, session)
      out.run(&cfgRSSKeyMin40, step, session)
      out.run(&cfgRSSIndTableMin128, step, session)
      out.run(&cfgSpeedRange, step, session)
      out.run(&cfgDuplexValues, step, session)
      out.run(&mtuConstant, step, session)
      out.run(&legacyCfgEndian, step, session)
      out.run(&cfgLinkRead, step, session)
    case .writeConfig:
      out.run(&cfgNoWrite, step, session)
    case .machineEvent, .eventsLost:
      out.run(&mtuConstant, step, session)
    default:
      // No rule about this device looks at the rest.
      break
    }
  }

  mutating func conclude(_ session: Session, end: SessionEnd, _ out: inout Verdicts) {
    out.end(&ipsecOfferOutNetHdr, session, end)
    out.end(&featRequiresOffered, session, end)
    out.end(&featHashReportOfferCtrl, session, end)
    out.end(&featRxExtraOfferCtrl, session, end)
    out.end(&featLegacyRscBits, session, end)
    out.end(&cfgLinkRead, session, end)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (NetIpsecOfferOutNetHdr.self, ipsecOfferOutNetHdr.tally),
      (NetFeatRequiresOffered.self, featRequiresOffered.tally),
      (NetFeatRequiresAccepted.self, featRequiresAccepted.tally),
      (NetFeatHashReportOfferCtrl.self, featHashReportOfferCtrl.tally),
      (NetFeatRxExtraOfferCtrl.self, featRxExtraOfferCtrl.tally),
      (NetFeatHashReportAcceptCtrl.self, featHashReportAcceptCtrl.tally),
      (NetFeatRxExtraAcceptCtrl.self, featRxExtraAcceptCtrl.tally),
      (NetFeatMacAccept.self, featMacAccept.tally),
      (NetFeatStandbyAccept.self, featStandbyAccept.tally),
      (NetFeatHdrlenAccept.self, featHdrlenAccept.tally),
      (NetFeatLegacyRscBits.self, featLegacyRscBits.tally),
      (NetFeatMTUAccept.self, featMTUAccept.tally),
      (NetCfgMaxVqpRange.self, cfgMaxVqpRange.tally),
      (NetMTURange.self, mtuRange.tally),
      (NetMTUMin1280.self, mtuMin1280.tally),
      (NetCfgRSSKeyMin40.self, cfgRSSKeyMin40.tally),
      (NetCfgRSSIndTableMin128.self, cfgRSSIndTableMin128.tally),
      (NetCfgSpeedRange.self, cfgSpeedRange.tally),
      (NetCfgDuplexValues.self, cfgDuplexValues.tally),
      (NetMTUConstant.self, mtuConstant.tally),
      (NetCfgNoWrite.self, cfgNoWrite.tally),
      (NetLegacyCfgEndian.self, legacyCfgEndian.tally),
      (NetCfgLinkRead.self, cfgLinkRead.tally),
    ]
  }
}
