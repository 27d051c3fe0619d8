import Model

/// Rules about the file system device, and which steps each one sees.
struct FSRules: Area {
  private var cfgNoWrite = FSCfgNoWrite()
  private var cfgMinOneQueue = FSCfgMinOneQueue()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .readConfig:
      out.run(&cfgMinOneQueue, step, session)
    case .writeConfig:
      out.run(&cfgNoWrite, step, session)
    default:
      // No rule about this device looks at the rest.
      break
    }
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (FSCfgNoWrite.self, cfgNoWrite.tally),
      (FSCfgMinOneQueue.self, cfgMinOneQueue.tally),
    ]
  }
}
