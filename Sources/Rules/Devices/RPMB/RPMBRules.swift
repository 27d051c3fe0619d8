import Model

/// Rules about the RPMB device, and which steps each one sees.
struct RPMBRules: Area {
  private var cfgCapacityRange = RPMBCfgCapacityRange()
  private var initCapacity = RPMBInitCapacity()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .readConfig:
      out.run(&cfgCapacityRange, step, session)
      out.run(&initCapacity, step, session)
    default:
      // No rule about this device looks at the rest.
      break
    }
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (RPMBCfgCapacityRange.self, cfgCapacityRange.tally),
      (RPMBInitCapacity.self, initCapacity.tally),
    ]
  }
}
