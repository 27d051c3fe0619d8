import Model

/// Rules about the sound device, and which steps each one sees.
struct SoundRules: Area {
  private var cfgControlsRead = SoundCfgControlsRead()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .readConfig:
      out.run(&cfgControlsRead, step, session)
    default:
      // No rule about this device looks at the rest.
      break
    }
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (SoundCfgControlsRead.self, cfgControlsRead.tally)
    ]
  }
}
