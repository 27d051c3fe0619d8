import Model

/// Rules about the GPIO device, and which steps each one sees.
struct GPIORules: Area {
  private var devConfigFilled = GPIODevConfigFilled()
  private var cfgPaddingZero = GPIOCfgPaddingZero()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .readConfig:
      out.run(&devConfigFilled, step, session)
      out.run(&cfgPaddingZero, step, session)
    default:
      // No rule about this device looks at the rest.
      break
    }
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (GPIODevConfigFilled.self, devConfigFilled.tally),
      (GPIOCfgPaddingZero.self, cfgPaddingZero.tally),
    ]
  }
}
