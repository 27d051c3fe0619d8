import Model

/// Rules about the SPI controller, and which steps each one sees.
struct SPIRules: Area {
  private var cfgDevSet = SPICfgDevSet()
  private var cfgModeValid = SPICfgModeValid()
  private var cfgNbitsReserved = SPICfgNbitsReserved()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .readConfig:
      out.run(&cfgDevSet, step, session)
      out.run(&cfgModeValid, step, session)
      out.run(&cfgNbitsReserved, step, session)
    default:
      // No rule about this device looks at the rest.
      break
    }
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (SPICfgDevSet.self, cfgDevSet.tally),
      (SPICfgModeValid.self, cfgModeValid.tally),
      (SPICfgNbitsReserved.self, cfgNbitsReserved.tally),
    ]
  }
}
