import Model

/// Rules about the console device, and which steps each one sees.
struct ConsoleRules: Area {
  private var legacyCfgEndian = ConsoleLegacyCfgEndian()
  private var emergAllowUnconfigured = ConsoleEmergAllowUnconfigured()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .readConfig:
      out.run(&legacyCfgEndian, step, session)
    case .writeConfig:
      out.run(&emergAllowUnconfigured, step, session)
    default:
      // No rule about this device looks at the rest.
      break
    }
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (ConsoleLegacyCfgEndian.self, legacyCfgEndian.tally),
      (ConsoleEmergAllowUnconfigured.self, emergAllowUnconfigured.tally),
    ]
  }
}
