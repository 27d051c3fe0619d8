import Model

/// Rules about the GPU device, and which steps each one sees.
struct GPURules: Area {
  private var featRequiresOffered = GPUFeatRequiresOffered()
  private var featRequiresAccepted = GPUFeatRequiresAccepted()
  private var cfgEventsReadRO = GPUCfgEventsReadRO()
  private var cfgNumScanouts = GPUCfgNumScanouts()
  private var cfgBlobAlignmentPow2 = GPUCfgBlobAlignmentPow2()
  private var initShmidValues = GPUInitShmidValues()
  private var initQuerySHM = GPUInitQuerySHM()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .writeStatus:
      out.run(&featRequiresOffered, step, session)
      out.run(&featRequiresAccepted, step, session)
      out.run(&initShmidValues, step, session)
    case .readConfig:
      out.run(&cfgNumScanouts, step, session)
      out.run(&cfgBlobAlignmentPow2, step, session)
    case .writeConfig:
      out.run(&cfgEventsReadRO, step, session)
    case .writeRegister:
      out.run(&initShmidValues, step, session)
      out.run(&initQuerySHM, step, session)
    case .readRegister:
      out.run(&initShmidValues, step, session)
    default:
      // No rule about this device looks at the rest.
      break
    }
  }

  mutating func conclude(_ session: Session, end: SessionEnd, _ out: inout Verdicts) {
    out.end(&featRequiresOffered, session, end)
    out.end(&initQuerySHM, session, end)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (GPUFeatRequiresOffered.self, featRequiresOffered.tally),
      (GPUFeatRequiresAccepted.self, featRequiresAccepted.tally),
      (GPUCfgEventsReadRO.self, cfgEventsReadRO.tally),
      (GPUCfgNumScanouts.self, cfgNumScanouts.tally),
      (GPUCfgBlobAlignmentPow2.self, cfgBlobAlignmentPow2.tally),
      (GPUInitShmidValues.self, initShmidValues.tally),
      (GPUInitQuerySHM.self, initQuerySHM.tally),
    ]
  }
}
