import Model

/// Rules about the buffers of administration queues, and which steps each one sees.
struct AdminVQRules: Area {
  private var drvReadableFull = AdminCommandRule<DrvReadableFull>()
  private var drvCrossQueueOrder = DrvCrossQueueOrder()
  private var drvRetryEagain = DrvRetryEagain()
  private var shortWriteDiscard = AdminLengthRule<ShortWriteDiscard>()
  private var longWriteUsedLength = AdminLengthRule<LongWriteUsedLength>()
  private var initWritable = AdminLengthRule<InitWritable>()
  private var initMultiple8 = AdminLengthRule<InitMultiple8>()
  private var initStatus = AdminLengthRule<InitStatus>()
  private var shortReadZero = SizeAloneRule<ShortReadZero>()
  private var longReadIgnore = SizeAloneRule<LongReadIgnore>()
  private var noFailOnSize = SizeAloneRule<NoFailOnSize>()
  private var adminInOrder = AdminInOrder()
  private var eagainNoEffect = FailedEffectRule<EagainNoEffect>()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .adminCommand:
      out.run(&drvReadableFull, step, session)
      out.run(&drvCrossQueueOrder, step, session)
      out.run(&drvRetryEagain, step, session)
    case .adminResult:
      out.run(&shortWriteDiscard, step, session)
      out.run(&longWriteUsedLength, step, session)
      out.run(&initWritable, step, session)
      out.run(&initMultiple8, step, session)
      out.run(&initStatus, step, session)
      out.run(&shortReadZero, step, session)
      out.run(&longReadIgnore, step, session)
      out.run(&noFailOnSize, step, session)
      out.run(&adminInOrder, step, session)
      out.run(&eagainNoEffect, step, session)
      out.run(&drvCrossQueueOrder, step, session)
      out.run(&drvRetryEagain, step, session)
    // The rest is no administration.
    default: break
    }
  }

  mutating func conclude(_ session: Session, end: SessionEnd, _ out: inout Verdicts) {
    out.end(&drvRetryEagain, session, end)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (AdminCommandRule<DrvReadableFull>.self, drvReadableFull.tally),
      (DrvCrossQueueOrder.self, drvCrossQueueOrder.tally),
      (DrvRetryEagain.self, drvRetryEagain.tally),
      (AdminLengthRule<ShortWriteDiscard>.self, shortWriteDiscard.tally),
      (AdminLengthRule<LongWriteUsedLength>.self, longWriteUsedLength.tally),
      (AdminLengthRule<InitWritable>.self, initWritable.tally),
      (AdminLengthRule<InitMultiple8>.self, initMultiple8.tally),
      (AdminLengthRule<InitStatus>.self, initStatus.tally),
      (SizeAloneRule<ShortReadZero>.self, shortReadZero.tally),
      (SizeAloneRule<LongReadIgnore>.self, longReadIgnore.tally),
      (SizeAloneRule<NoFailOnSize>.self, noFailOnSize.tally),
      (AdminInOrder.self, adminInOrder.tally),
      (FailedEffectRule<EagainNoEffect>.self, eagainNoEffect.tally),
    ]
  }
}
