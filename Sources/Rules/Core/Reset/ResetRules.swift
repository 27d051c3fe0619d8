import Model

/// Rules about the reset of a device, and which steps each one sees.
struct ResetRules: Area {
  private var devStatusZero = DevStatusZero()
  private var drvWaitStatusZero = DrvWaitStatusZero()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .readStatus:
      out.run(&devStatusZero, step, session)
      out.run(&drvWaitStatusZero, step, session)
    case .writeStatus, .reset, .writeDriverFeatures, .writeQueueSize, .writeQueueAddress,
      .writeQueueEnable, .writeQueuePFN:
      out.run(&drvWaitStatusZero, step, session)
    default:
      break
    }
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (DevStatusZero.self, devStatusZero.tally),
      (DrvWaitStatusZero.self, drvWaitStatusZero.tally),
    ]
  }
}
