import Model

/// Rules about the device status field, and which steps each one sees.
struct StatusRules: Area {
  private var failedResetBeforeReinit = FailedResetBeforeReinit()
  private var noClearBits = NoClearBits()
  private var noRelyAfterNeedsReset = NoRelyAfterNeedsReset()
  private var progressBits = ProgressBits()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .writeStatus:
      out.run(&failedResetBeforeReinit, step, session)
      out.run(&noClearBits, step, session)
      out.run(&progressBits, step, session)
      out.run(&noRelyAfterNeedsReset, step, session)
    case .writeDriverFeatures, .writeConfig, .writeQueueSize, .writeQueueAddress,
      .writeQueueEnable, .writeQueuePFN:
      out.run(&progressBits, step, session)
    case .kick:
      out.run(&progressBits, step, session)
      out.run(&noRelyAfterNeedsReset, step, session)
    case .readStatus, .availableIndex:
      out.run(&noRelyAfterNeedsReset, step, session)
    default:
      break
    }
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (FailedResetBeforeReinit.self, failedResetBeforeReinit.tally),
      (NoClearBits.self, noClearBits.tally),
      (NoRelyAfterNeedsReset.self, noRelyAfterNeedsReset.tally),
      (ProgressBits.self, progressBits.tally),
    ]
  }
}
