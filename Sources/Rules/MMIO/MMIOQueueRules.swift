import Model

/// Rules about the queues of virtio-mmio, and which steps each one sees.
struct MMIOQueueRules: Area {
  private var sizeMax = MMIOSizeMax()
  private var legacySizeMax = LegacyMMIOSizeMax()
  private var noConfigWhenReady = NoConfigWhenReady()
  private var stopWriteZero = StopWriteZero()
  private var stopReadBack = StopReadBack()
  private var checkNotInUse = CheckNotInUse()
  private var legacyNotInUse = LegacyQueueNotInUse()
  private var skipSizeZero = MMIOSkipSizeZero()
  private var configBeforeReady = ConfigBeforeReady()
  private var qresetZeroOnReset = DevQresetZeroOnReset()
  private var qresetZeroAfterReady = DevQresetZeroAfterReady()
  private var qresetActs = DevQresetActs()
  private var qresetDoneZero = DevQresetDoneZero()
  private var qresetWait = MMIOQresetWait()
  private var qresetNeedsFeature = MMIOQresetNeedsFeature()
  private var kickValue = MMIOKickValue()
  private var pageSizePowerOfTwo = PageSizePowerOfTwo()
  private var queueAlignPowerOfTwo = QueueAlignPowerOfTwo()
  private var pageSizeBeforeQueues = PageSizeBeforeQueues()
  private var sizeMaxOnlyUnused = SizeMaxOnlyUnused()
  private var orderSizeAlignPFN = OrderSizeAlignPFN()
  private var devResetClears = DevResetClears()
  private var resetClearsPFN = LegacyResetClearsPFN()
  private var sweep = RegisterSweep()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .kick: out.run(&kickValue, step, session)
    case .buffersTaken, .buffersUsed:
      if session.queueResets > 0 { out.run(&qresetActs, step, session) }
    case .writeQueueSize, .writeQueueAddress, .writeQueueAlign, .writeQueueEnable, .writeQueuePFN,
      .writeQueueReset, .writeGuestPageSize:
      _ = sweep.takes(step)
      judgeSetup(step, session, &out)
    case .readQueueEnable, .readQueuePFN, .readQueueReset, .readQueueSize:
      guard !sweep.takes(step) else { return }
      out.run(&stopReadBack, step, session)
      out.run(&checkNotInUse, step, session)
      out.run(&legacyNotInUse, step, session)
      out.run(&sizeMaxOnlyUnused, step, session)
      out.run(&qresetZeroOnReset, step, session)
      out.run(&qresetZeroAfterReady, step, session)
      out.run(&qresetDoneZero, step, session)
      out.run(&qresetNeedsFeature, step, session)
      out.run(&devResetClears, step, session)
      out.run(&resetClearsPFN, step, session)
    case .readISR:
      if session.hasNews(step) { out.run(&devResetClears, step, session) }
    case .interrupt, .acknowledgeInterrupt, .readConfigGeneration: break
    default: _ = sweep.takes(step)
    }
  }

  private mutating func judgeSetup(
    _ step: Transaction, _ session: Session, _ out: inout Verdicts
  ) {
    out.run(&sizeMax, step, session)
    out.run(&legacySizeMax, step, session)
    out.run(&noConfigWhenReady, step, session)
    out.run(&stopWriteZero, step, session)
    out.run(&stopReadBack, step, session)
    out.run(&checkNotInUse, step, session)
    out.run(&legacyNotInUse, step, session)
    out.run(&skipSizeZero, step, session)
    out.run(&configBeforeReady, step, session)
    out.run(&qresetActs, step, session)
    out.run(&qresetWait, step, session)
    out.run(&qresetNeedsFeature, step, session)
    out.run(&kickValue, step, session)
    out.run(&pageSizePowerOfTwo, step, session)
    out.run(&queueAlignPowerOfTwo, step, session)
    out.run(&pageSizeBeforeQueues, step, session)
    out.run(&orderSizeAlignPFN, step, session)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (MMIOSizeMax.self, sizeMax.tally),
      (LegacyMMIOSizeMax.self, legacySizeMax.tally),
      (NoConfigWhenReady.self, noConfigWhenReady.tally),
      (StopWriteZero.self, stopWriteZero.tally),
      (StopReadBack.self, stopReadBack.tally),
      (CheckNotInUse.self, checkNotInUse.tally),
      (LegacyQueueNotInUse.self, legacyNotInUse.tally),
      (MMIOSkipSizeZero.self, skipSizeZero.tally),
      (ConfigBeforeReady.self, configBeforeReady.tally),
      (DevQresetZeroOnReset.self, qresetZeroOnReset.tally),
      (DevQresetZeroAfterReady.self, qresetZeroAfterReady.tally),
      (DevQresetActs.self, qresetActs.tally),
      (DevQresetDoneZero.self, qresetDoneZero.tally),
      (MMIOQresetWait.self, qresetWait.tally),
      (MMIOQresetNeedsFeature.self, qresetNeedsFeature.tally),
      (MMIOKickValue.self, kickValue.tally),
      (PageSizePowerOfTwo.self, pageSizePowerOfTwo.tally),
      (QueueAlignPowerOfTwo.self, queueAlignPowerOfTwo.tally),
      (PageSizeBeforeQueues.self, pageSizeBeforeQueues.tally),
      (SizeMaxOnlyUnused.self, sizeMaxOnlyUnused.tally),
      (OrderSizeAlignPFN.self, orderSizeAlignPFN.tally),
      (DevResetClears.self, devResetClears.tally),
      (LegacyResetClearsPFN.self, resetClearsPFN.tally),
    ]
  }
}
