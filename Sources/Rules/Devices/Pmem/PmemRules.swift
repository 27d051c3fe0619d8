import Model

/// Rules about the persistent memory device, and which steps each one sees.
struct PmemRules: Area {
  private var shmDevCfgZero = PmemSHMDevCfgZero()
  private var cfgDevPhysical = PmemCfgDevPhysical()
  private var cfgDevStartSize = PmemCfgDevStartSize()
  private var cfgDrvRead = PmemCfgDrvRead()
  private var shmDevRegion = PmemSHMDevRegion()
  private var shmDevID0 = PmemSHMDevID0()
  private var shmDrvQuery = PmemSHMDrvQuery()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .writeStatus, .readRegister:
      out.run(&shmDevRegion, step, session)
      out.run(&shmDevID0, step, session)
    case .readConfig:
      out.run(&shmDevCfgZero, step, session)
      out.run(&cfgDevPhysical, step, session)
      out.run(&cfgDevStartSize, step, session)
      out.run(&cfgDrvRead, step, session)
    case .writeRegister:
      out.run(&shmDevRegion, step, session)
      out.run(&shmDevID0, step, session)
      out.run(&shmDrvQuery, step, session)
    case .kick:
      out.run(&cfgDrvRead, step, session)
      out.run(&shmDrvQuery, step, session)
    default:
      // No rule about this device looks at the rest.
      break
    }
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (PmemSHMDevCfgZero.self, shmDevCfgZero.tally),
      (PmemCfgDevPhysical.self, cfgDevPhysical.tally),
      (PmemCfgDevStartSize.self, cfgDevStartSize.tally),
      (PmemCfgDrvRead.self, cfgDrvRead.tally),
      (PmemSHMDevRegion.self, shmDevRegion.tally),
      (PmemSHMDevID0.self, shmDevID0.tally),
      (PmemSHMDrvQuery.self, shmDrvQuery.tally),
    ]
  }
}
