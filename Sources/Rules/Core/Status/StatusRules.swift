import Model

/// Rules about the device status field, and which steps each one sees.
struct StatusRules: Area {
  private var failedResetBeforeReinit = FailedResetBeforeReinit()
  private var noClearBits = NoClearBits()
  private var progressBits = ProgressBits()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .writeStatus:
      out.run(&failedResetBeforeReinit, step, session)
      out.run(&noClearBits, step, session)
      out.run(&progressBits, step, session)
    case .writeDriverFeatures, .writeConfig, .writeQueueSize, .writeQueueAddress,
      .writeQueueEnable, .writeQueuePFN, .kick:
      out.run(&progressBits, step, session)
    default:
      break
    }
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (FailedResetBeforeReinit.self, failedResetBeforeReinit.tally),
      (NoClearBits.self, noClearBits.tally),
      (ProgressBits.self, progressBits.tally),
    ]
  }
}
