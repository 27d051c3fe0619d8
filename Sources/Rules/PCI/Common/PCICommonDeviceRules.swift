import Model

/// What binds the device.
struct PCICommonDeviceRules: Area {
  private var featureWindow = PCICommonDevFeatureWindow()
  private var featureReadback = PCICommonDevDriverFeatureReadback()
  private var generation = PCICommonDevGenerationChanges()
  private var resetOnZero = PCICommonDevResetOnZero()
  private var enableZero = PCICommonDevEnableZeroOnReset()
  private var resetZero = PCICommonDevQresetZeroOnReset()
  private var resetZeroAfterEnable = PCICommonDevQresetZeroAfterEnable()
  private var resetActs = PCICommonDevQresetActs()
  private var resetDone = PCICommonDevQresetDoneZero()
  private var sizeZero = PCICommonDevSizeZeroUnavailable()
  private var sizePowerOfTwo = PCICommonDevSizePowerOfTwo()
  private var adminIndex = PCICommonDevAdminIndexRange()
  private var adminNum = PCICommonDevAdminNumRange()
  private var wideHalves = PCIAccessDevWideHalves()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .readDeviceFeatures: out.run(&featureWindow, step, session)
    case .readDriverFeatures: out.run(&featureReadback, step, session)
    case .readConfig, .writeConfig: out.run(&generation, step, session)
    case .readConfigGeneration:
      if session.generationAwaited { out.run(&generation, step, session) }
    case .readStatus: out.run(&resetOnZero, step, session)
    case .writeStatus:
      out.run(&featureWindow, step, session)
      out.run(&wideHalves, step, session)
    case .readQueueEnable:
      out.run(&enableZero, step, session)
      out.run(&resetDone, step, session)
    case .writeQueueReset, .readQueueReset: judgeQueueReset(step, session, &out)
    case .writeQueueEnable:
      out.run(&resetDone, step, session)
      out.run(&wideHalves, step, session)
    case .writeQueueAddress, .readQueueAddress: out.run(&wideHalves, step, session)
    case .buffersUsed, .buffersTaken:
      if session.hasResetQueue { out.run(&resetActs, step, session) }
    case .readQueueSize:
      out.run(&sizeZero, step, session)
      out.run(&sizePowerOfTwo, step, session)
    case .readNumQueues, .readAdminQueueIndex, .readAdminQueueNum:
      out.run(&adminIndex, step, session)
      out.run(&adminNum, step, session)
    default:
      // The rest tells nothing of the structure.
      break
    }
  }

  private mutating func judgeQueueReset(
    _ step: Transaction, _ session: Session, _ out: inout Verdicts
  ) {
    out.run(&resetZero, step, session)
    out.run(&resetZeroAfterEnable, step, session)
    out.run(&resetActs, step, session)
    out.run(&resetDone, step, session)
    out.run(&wideHalves, step, session)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (PCICommonDevFeatureWindow.self, featureWindow.tally),
      (PCICommonDevDriverFeatureReadback.self, featureReadback.tally),
      (PCICommonDevGenerationChanges.self, generation.tally),
      (PCICommonDevResetOnZero.self, resetOnZero.tally),
      (PCICommonDevEnableZeroOnReset.self, enableZero.tally),
      (PCICommonDevQresetZeroOnReset.self, resetZero.tally),
      (PCICommonDevQresetZeroAfterEnable.self, resetZeroAfterEnable.tally),
      (PCICommonDevQresetActs.self, resetActs.tally),
      (PCICommonDevQresetDoneZero.self, resetDone.tally),
      (PCICommonDevSizeZeroUnavailable.self, sizeZero.tally),
      (PCICommonDevSizePowerOfTwo.self, sizePowerOfTwo.tally),
      (PCICommonDevAdminIndexRange.self, adminIndex.tally),
      (PCICommonDevAdminNumRange.self, adminNum.tally),
      (PCIAccessDevWideHalves.self, wideHalves.tally),
    ]
  }
}
