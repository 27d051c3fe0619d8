import Model

/// Rules about how a device of virtio-ccw calls its driver, and which steps each one sees.
struct CCWInterruptRules: Area {
  private var devConfigBit = DevConfigBit()
  private var devQueueBit = DevQueueBit()
  private var devOnlyIfSummaryClear = DevOnlyIfSummaryClear()
  private var drvClearSummaryFirst = DrvClearSummaryFirst()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .indicator:
      out.run(&devConfigBit, step, session)
      out.run(&devOnlyIfSummaryClear, step, session)
      out.run(&drvClearSummaryFirst, step, session)
    case .ccwInterrupt:
      out.run(&devConfigBit, step, session)
      out.run(&devQueueBit, step, session)
      out.run(&devOnlyIfSummaryClear, step, session)
      out.run(&drvClearSummaryFirst, step, session)
    case .interrupt:
      out.run(&devConfigBit, step, session)
      out.run(&devQueueBit, step, session)
    case .bufferUsed: out.run(&devQueueBit, step, session)
    case .setAdapterIndicators, .reset:
      out.run(&devConfigBit, step, session)
      out.run(&devQueueBit, step, session)
      out.run(&devOnlyIfSummaryClear, step, session)
      out.run(&drvClearSummaryFirst, step, session)
    case _ where step.isChannelCommand: out.run(&devConfigBit, step, session)
    default: break
    }
  }

  mutating func conclude(_ session: Session, end: SessionEnd, _ out: inout Verdicts) {
    out.end(&devConfigBit, session, end)
    out.end(&devOnlyIfSummaryClear, session, end)
    out.end(&drvClearSummaryFirst, session, end)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (DevConfigBit.self, devConfigBit.tally),
      (DevQueueBit.self, devQueueBit.tally),
      (DevOnlyIfSummaryClear.self, devOnlyIfSummaryClear.tally),
      (DrvClearSummaryFirst.self, drvClearSummaryFirst.tally),
    ]
  }
}
