import Model

/// Rules about the memory device, and which steps each one sees.
struct MemRules: Area {
  private var cfgNoWrite = MemCfgNoWrite()
  private var cfgConstant = MemCfgConstant()
  private var cfgBlockPow2 = MemCfgBlockPow2()
  private var cfgMultiples = MemCfgMultiples()
  private var featInaccessibleAccept = MemFeatInaccessibleAccept()
  private var cfgUsableGeRequested = MemCfgUsableGeRequested()
  private var memDevUnplugOnReset = MemMemDevUnplugOnReset()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .writeStatus:
      out.run(&featInaccessibleAccept, step, session)
      out.run(&cfgUsableGeRequested, step, session)
    case .readConfig:
      out.run(&cfgConstant, step, session)
      out.run(&cfgBlockPow2, step, session)
      out.run(&cfgMultiples, step, session)
      out.run(&cfgUsableGeRequested, step, session)
      out.run(&memDevUnplugOnReset, step, session)
    case .writeConfig:
      out.run(&cfgNoWrite, step, session)
    case .machineEvent:
      out.run(&cfgConstant, step, session)
      out.run(&memDevUnplugOnReset, step, session)
    case .eventsLost:
      out.run(&cfgConstant, step, session)
    default:
      // No rule about this device looks at the rest.
      break
    }
  }

  mutating func conclude(_ session: Session, end: SessionEnd, _ out: inout Verdicts) {
    out.end(&cfgUsableGeRequested, session, end)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (MemCfgNoWrite.self, cfgNoWrite.tally),
      (MemCfgConstant.self, cfgConstant.tally),
      (MemCfgBlockPow2.self, cfgBlockPow2.tally),
      (MemCfgMultiples.self, cfgMultiples.tally),
      (MemFeatInaccessibleAccept.self, featInaccessibleAccept.tally),
      (MemCfgUsableGeRequested.self, cfgUsableGeRequested.tally),
      (MemMemDevUnplugOnReset.self, memDevUnplugOnReset.tally),
    ]
  }
}
