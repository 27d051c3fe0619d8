import Model

/// Rules about the block device, and which steps each one sees.
struct BlkRules: Area {
  private var featFlushOffer = BlkFeatFlushOffer()
  private var featWCERequiresFlush = BlkFeatWCERequiresFlush()
  private var featROAccept = BlkFeatROAccept()
  private var cfgPaddingZero = BlkCfgPaddingZero()
  private var legacyCfgEndian = BlkLegacyCfgEndian()
  private var featZonedLegacy = BlkFeatZonedLegacy()
  private var cfgNoEarlyWritebackRead = BlkCfgNoEarlyWritebackRead()
  private var cfgWritebackInit0 = BlkCfgWritebackInit0()
  private var legacyStatusNoCacheChange = BlkLegacyStatusNoCacheChange()
  private var legacyFeaturesNoCacheChange = BlkLegacyFeaturesNoCacheChange()
  private var zonedNoDiscardHM = BlkZonedNoDiscardHM()
  private var zonedHMRefuseFeaturesOK = BlkZonedHMRefuseFeaturesOK()
  private var zonedUnacceptedZeroFields = BlkZonedUnacceptedZeroFields()
  private var zonedModelSet = BlkZonedModelSet()
  private var zonedZoneSectorsSet = BlkZonedZoneSectorsSet()
  private var zonedWriteGranularitySet = BlkZonedWriteGranularitySet()
  private var zonedMaxAppendBound = BlkZonedMaxAppendBound()
  private var zonedPaddingZero = BlkZonedPaddingZero()
  private var zonedEraseAlignment = BlkZonedEraseAlignment()
  private var reqLenMultiple512 = BlkReqLenMultiple512()
  private var reqDWZLen = BlkReqDWZLen()
  private var reqGetIDLen = BlkReqGetIDLen()
  private var reqFlushNoData = BlkReqFlushNoData()
  private var reqFlushSectorZero = BlkReqFlushSectorZero()
  private var reqSectorZeroUnused = BlkReqSectorZeroUnused()
  private var reqDirection = BlkReqDirection()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .writeStatus:
      out.run(&featFlushOffer, step, session)
      out.run(&featWCERequiresFlush, step, session)
      out.run(&featROAccept, step, session)
      out.run(&legacyStatusNoCacheChange, step, session)
      out.run(&legacyFeaturesNoCacheChange, step, session)
      out.run(&zonedNoDiscardHM, step, session)
      out.run(&zonedHMRefuseFeaturesOK, step, session)
    case .readStatus:
      out.run(&zonedHMRefuseFeaturesOK, step, session)
    case .readDeviceFeatures:
      out.run(&featZonedLegacy, step, session)
    case .writeDriverFeatures:
      out.run(&legacyStatusNoCacheChange, step, session)
      out.run(&legacyFeaturesNoCacheChange, step, session)
    case .readConfig:
      out.run(&cfgPaddingZero, step, session)
      out.run(&legacyCfgEndian, step, session)
      out.run(&cfgNoEarlyWritebackRead, step, session)
      out.run(&cfgWritebackInit0, step, session)
      out.run(&legacyStatusNoCacheChange, step, session)
      out.run(&legacyFeaturesNoCacheChange, step, session)
      out.run(&zonedNoDiscardHM, step, session)
      out.run(&zonedHMRefuseFeaturesOK, step, session)
      out.run(&zonedUnacceptedZeroFields, step, session)
      out.run(&zonedModelSet, step, session)
      out.run(&zonedZoneSectorsSet, step, session)
      out.run(&zonedWriteGranularitySet, step, session)
      out.run(&zonedMaxAppendBound, step, session)
      out.run(&zonedPaddingZero, step, session)
      out.run(&zonedEraseAlignment, step, session)
    case .writeConfig:
      out.run(&cfgWritebackInit0, step, session)
      out.run(&legacyStatusNoCacheChange, step, session)
      out.run(&legacyFeaturesNoCacheChange, step, session)
    case .requestMade:
      out.run(&reqLenMultiple512, step, session)
      out.run(&reqDWZLen, step, session)
      out.run(&reqGetIDLen, step, session)
      out.run(&reqFlushNoData, step, session)
      out.run(&reqFlushSectorZero, step, session)
      out.run(&reqSectorZeroUnused, step, session)
      out.run(&reqDirection, step, session)
    default:
      // No rule about this device looks at the rest.
      break
    }
  }

  mutating func conclude(_ session: Session, end: SessionEnd, _ out: inout Verdicts) {
    out.end(&featFlushOffer, session, end)
    out.end(&featWCERequiresFlush, session, end)
    out.end(&reqLenMultiple512, session, end)
    out.end(&reqDWZLen, session, end)
    out.end(&reqGetIDLen, session, end)
    out.end(&reqFlushNoData, session, end)
    out.end(&reqFlushSectorZero, session, end)
    out.end(&reqSectorZeroUnused, session, end)
    out.end(&reqDirection, session, end)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (BlkFeatFlushOffer.self, featFlushOffer.tally),
      (BlkFeatWCERequiresFlush.self, featWCERequiresFlush.tally),
      (BlkFeatROAccept.self, featROAccept.tally),
      (BlkCfgPaddingZero.self, cfgPaddingZero.tally),
      (BlkLegacyCfgEndian.self, legacyCfgEndian.tally),
      (BlkFeatZonedLegacy.self, featZonedLegacy.tally),
      (BlkCfgNoEarlyWritebackRead.self, cfgNoEarlyWritebackRead.tally),
      (BlkCfgWritebackInit0.self, cfgWritebackInit0.tally),
      (BlkLegacyStatusNoCacheChange.self, legacyStatusNoCacheChange.tally),
      (BlkLegacyFeaturesNoCacheChange.self, legacyFeaturesNoCacheChange.tally),
      (BlkZonedNoDiscardHM.self, zonedNoDiscardHM.tally),
      (BlkZonedHMRefuseFeaturesOK.self, zonedHMRefuseFeaturesOK.tally),
      (BlkZonedUnacceptedZeroFields.self, zonedUnacceptedZeroFields.tally),
      (BlkZonedModelSet.self, zonedModelSet.tally),
      (BlkZonedZoneSectorsSet.self, zonedZoneSectorsSet.tally),
      (BlkZonedWriteGranularitySet.self, zonedWriteGranularitySet.tally),
      (BlkZonedMaxAppendBound.self, zonedMaxAppendBound.tally),
      (BlkZonedPaddingZero.self, zonedPaddingZero.tally),
      (BlkZonedEraseAlignment.self, zonedEraseAlignment.tally),
      (BlkReqLenMultiple512.self, reqLenMultiple512.tally),
      (BlkReqDWZLen.self, reqDWZLen.tally),
      (BlkReqGetIDLen.self, reqGetIDLen.tally),
      (BlkReqFlushNoData.self, reqFlushNoData.tally),
      (BlkReqFlushSectorZero.self, reqFlushSectorZero.tally),
      (BlkReqSectorZeroUnused.self, reqSectorZeroUnused.tally),
      (BlkReqDirection.self, reqDirection.tally),
    ]
  }
}
