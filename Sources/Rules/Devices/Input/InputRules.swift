import Model

/// Rules about the input device, and which steps each one sees.
struct InputRules: Area {
  private var cfgWriteOnlySelect = InputCfgWriteOnlySelect()
  private var cfgSizeMax = InputCfgSizeMax()
  private var cfgSetBoth = InputCfgSetBoth()
  private var cfgCheckSize = InputCfgCheckSize()
  private var cfgSizeZeroUnsupported = InputCfgSizeZeroUnsupported()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .readConfig:
      out.run(&cfgSizeMax, step, session)
      out.run(&cfgSetBoth, step, session)
      out.run(&cfgCheckSize, step, session)
      out.run(&cfgSizeZeroUnsupported, step, session)
    case .writeConfig:
      out.run(&cfgWriteOnlySelect, step, session)
      out.run(&cfgSetBoth, step, session)
      out.run(&cfgCheckSize, step, session)
      out.run(&cfgSizeZeroUnsupported, step, session)
    default:
      // No rule about this device looks at the rest.
      break
    }
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (InputCfgWriteOnlySelect.self, cfgWriteOnlySelect.tally),
      (InputCfgSizeMax.self, cfgSizeMax.tally),
      (InputCfgSetBoth.self, cfgSetBoth.tally),
      (InputCfgCheckSize.self, cfgCheckSize.tally),
      (InputCfgSizeZeroUnsupported.self, cfgSizeZeroUnsupported.tally),
    ]
  }
}
