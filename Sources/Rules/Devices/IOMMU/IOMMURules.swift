import Model

/// Rules about the IOMMU device, and which steps each one sees.
struct IOMMURules: Area {
  private var featMapUnmapOffer = IOMMUFeatMapUnmapOffer()
  private var cfgNoOtherWrite = IOMMUCfgNoOtherWrite()
  private var cfgPageSizeBit = IOMMUCfgPageSizeBit()
  private var cfgBypassDevValues = IOMMUCfgBypassDevValues()
  private var featAcceptRanges = IOMMUFeatAcceptRanges()
  private var featNoBypassNew = IOMMUFeatNoBypassNew()
  private var featBypassExclusive = IOMMUFeatBypassExclusive()
  private var cfgBypassValues = IOMMUCfgBypassValues()
  private var cfgBypassKeepOnReset = IOMMUCfgBypassKeepOnReset()
  private var cfgBypassRestore = IOMMUCfgBypassRestore()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .writeStatus:
      out.run(&featMapUnmapOffer, step, session)
      out.run(&featAcceptRanges, step, session)
      out.run(&featNoBypassNew, step, session)
      out.run(&featBypassExclusive, step, session)
    case .readConfig:
      out.run(&cfgPageSizeBit, step, session)
      out.run(&cfgBypassDevValues, step, session)
      out.run(&cfgBypassKeepOnReset, step, session)
      out.run(&cfgBypassRestore, step, session)
    case .writeConfig:
      out.run(&cfgNoOtherWrite, step, session)
      out.run(&cfgBypassValues, step, session)
      out.run(&cfgBypassKeepOnReset, step, session)
      out.run(&cfgBypassRestore, step, session)
    case .machineEvent:
      out.run(&cfgBypassKeepOnReset, step, session)
      out.run(&cfgBypassRestore, step, session)
    default:
      // No rule about this device looks at the rest.
      break
    }
  }

  mutating func conclude(_ session: Session, end: SessionEnd, _ out: inout Verdicts) {
    out.end(&featMapUnmapOffer, session, end)
    out.end(&featNoBypassNew, session, end)
    out.end(&featBypassExclusive, session, end)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (IOMMUFeatMapUnmapOffer.self, featMapUnmapOffer.tally),
      (IOMMUCfgNoOtherWrite.self, cfgNoOtherWrite.tally),
      (IOMMUCfgPageSizeBit.self, cfgPageSizeBit.tally),
      (IOMMUCfgBypassDevValues.self, cfgBypassDevValues.tally),
      (IOMMUFeatAcceptRanges.self, featAcceptRanges.tally),
      (IOMMUFeatNoBypassNew.self, featNoBypassNew.tally),
      (IOMMUFeatBypassExclusive.self, featBypassExclusive.tally),
      (IOMMUCfgBypassValues.self, cfgBypassValues.tally),
      (IOMMUCfgBypassKeepOnReset.self, cfgBypassKeepOnReset.tally),
      (IOMMUCfgBypassRestore.self, cfgBypassRestore.tally),
    ]
  }
}
