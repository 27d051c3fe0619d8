import Model

/// Rules about what becomes of rings beside their work: set-up, reset, suspension and teardown, byte
/// order, framing, and the notifications of old; and which steps each one sees.
struct QueueLifeRules: Area {
  private var noAlterExposed = NoAlterExposed()
  private var resetBeforeRemove = ResetBeforeRemove()
  private var devNoConsume = DevNoConsumeBeforeDriverOK()
  private var devNoQueueAccessAfter = DevNoQueueAccessAfter()
  private var devQuiet = ResetDevQuiet()
  private var devNoAccessNotReady = DevNoAccessNotReady()
  private var noExecute = VQResetDevNoExecute()
  private var stateDefault = VQResetDevStateDefault()
  private var newConfig = VQReenableDevNewConfig()
  private var pciBusy = QueueResetBusyRule<PCIQueueResetBusy>()
  private var mmioBusy = QueueResetBusyRule<MMIOQueueResetBusy>()
  private var dataSplitNext = DataSplitNext()
  private var suspendNoNewBuffers = SuspendDrvNoNewBuffers()
  private var suspendNoAccess = SuspendDevNoQueueAccess()
  private var suspendStop = SuspendDevStopConsuming()
  private var suspendInterrupts = SuspendDevSendUsedIRQ()
  private var detectByVersion1 = DetectDevByVersion1()
  private var highFeatures = DevHighFeaturesUnacked()
  private var nativeEndian = NativeEndian()
  private var earlyUse = DevEarlyUse()
  private var allocSize = AllocSize()
  private var anyLayout = AnyLayout()
  private var inOrder = InOrderDevUseOrder()
  private var notifyOnEmpty = NotifyOnEmptyIRQ()
  private var interruptStatus = DevInterruptStatusNoFalse()
  private var adminFeature = AdminVQDrvNeedsFeature()
  private var adminParts = AdminVQDrvNonzeroParts()
  private var adminMultiple = AdminVQDrvMultiple8()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .descriptorChanged:
      out.run(&noAlterExposed, step, session)
      out.run(&suspendNoAccess, step, session)
    case .tableChanged:
      out.run(&noAlterExposed, step, session)
    case .writeQueueEnable:
      out.run(&resetBeforeRemove, step, session)
      out.run(&noExecute, step, session)
      out.run(&stateDefault, step, session)
      out.run(&pciBusy, step, session)
      out.run(&mmioBusy, step, session)
      out.run(&adminFeature, step, session)
    case .writeQueuePFN:
      out.run(&resetBeforeRemove, step, session)
      out.run(&allocSize, step, session)
    case .bufferUsed:
      out.run(&devNoConsume, step, session)
      out.run(&suspendNoAccess, step, session)
      out.run(&suspendStop, step, session)
      out.run(&earlyUse, step, session)
      out.run(&inOrder, step, session)
    case .endedRingWritten:
      out.run(&devNoQueueAccessAfter, step, session)
      out.run(&devQuiet, step, session)
      out.run(&devNoAccessNotReady, step, session)
      out.run(&noExecute, step, session)
      out.run(&newConfig, step, session)
      out.run(&pciBusy, step, session)
      out.run(&mmioBusy, step, session)
    case .writeQueueReset, .readQueueReset, .writeQueueSize:
      out.run(&noExecute, step, session)
      out.run(&stateDefault, step, session)
      out.run(&pciBusy, step, session)
      out.run(&mmioBusy, step, session)
    case .usedIndex:
      out.run(&stateDefault, step, session)
      out.run(&newConfig, step, session)
      out.run(&suspendNoAccess, step, session)
      out.run(&detectByVersion1, step, session)
      out.run(&highFeatures, step, session)
      out.run(&nativeEndian, step, session)
      out.run(&notifyOnEmpty, step, session)
    case .readQueueSize:
      out.run(&stateDefault, step, session)
    case .readQueueEnable:
      out.run(&pciBusy, step, session)
      out.run(&mmioBusy, step, session)
    case .kick:
      out.run(&dataSplitNext, step, session)
      out.run(&earlyUse, step, session)
    case .writeStatus, .readStatus:
      out.run(&suspendNoNewBuffers, step, session)
      out.run(&suspendNoAccess, step, session)
      out.run(&suspendStop, step, session)
      out.run(&suspendInterrupts, step, session)
    case .bufferAvailable:
      out.run(&suspendNoNewBuffers, step, session)
      out.run(&allocSize, step, session)
      out.run(&anyLayout, step, session)
      out.run(&adminParts, step, session)
      out.run(&adminMultiple, step, session)
    case .usedFlags, .availableEvent, .deviceEvent, .usedEntryPrepared, .usedEntryChanged,
      .bufferChanged:
      out.run(&suspendNoAccess, step, session)
    case .availableIndex:
      out.run(&nativeEndian, step, session)
      out.run(&notifyOnEmpty, step, session)
    // Frequent kinds are passed by where there are no rings.
    case .interrupt where !session.rings.isEmpty:
      out.run(&notifyOnEmpty, step, session)
    case .readISR where !session.rings.isEmpty || step.value > 3:
      out.run(&interruptStatus, step, session)
    case .readAdminQueueIndex:
      out.run(&adminFeature, step, session)
    default:
      // The rest is the work of a queue, which the areas of the ring formats watch.
      break
    }
  }

  mutating func conclude(_ session: Session, end: SessionEnd, _ out: inout Verdicts) {
    out.end(&earlyUse, session, end)
    out.end(&notifyOnEmpty, session, end)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (NoAlterExposed.self, noAlterExposed.tally),
      (ResetBeforeRemove.self, resetBeforeRemove.tally),
      (DevNoConsumeBeforeDriverOK.self, devNoConsume.tally),
      (DevNoQueueAccessAfter.self, devNoQueueAccessAfter.tally),
      (ResetDevQuiet.self, devQuiet.tally),
      (DevNoAccessNotReady.self, devNoAccessNotReady.tally),
      (VQResetDevNoExecute.self, noExecute.tally),
      (VQResetDevStateDefault.self, stateDefault.tally),
      (VQReenableDevNewConfig.self, newConfig.tally),
      (QueueResetBusyRule<PCIQueueResetBusy>.self, pciBusy.tally),
      (QueueResetBusyRule<MMIOQueueResetBusy>.self, mmioBusy.tally),
      (DataSplitNext.self, dataSplitNext.tally),
      (SuspendDrvNoNewBuffers.self, suspendNoNewBuffers.tally),
      (SuspendDevNoQueueAccess.self, suspendNoAccess.tally),
      (SuspendDevStopConsuming.self, suspendStop.tally),
      (SuspendDevSendUsedIRQ.self, suspendInterrupts.tally),
      (DetectDevByVersion1.self, detectByVersion1.tally),
      (DevHighFeaturesUnacked.self, highFeatures.tally),
      (NativeEndian.self, nativeEndian.tally),
      (DevEarlyUse.self, earlyUse.tally),
      (AllocSize.self, allocSize.tally),
      (AnyLayout.self, anyLayout.tally),
      (InOrderDevUseOrder.self, inOrder.tally),
      (NotifyOnEmptyIRQ.self, notifyOnEmpty.tally),
      (DevInterruptStatusNoFalse.self, interruptStatus.tally),
      (AdminVQDrvNeedsFeature.self, adminFeature.tally),
      (AdminVQDrvNonzeroParts.self, adminParts.tally),
      (AdminVQDrvMultiple8.self, adminMultiple.tally),
    ]
  }
}
