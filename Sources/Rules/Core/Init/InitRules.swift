import Model

/// Rules about the initialization of a device, and which steps each one sees.
struct InitRules: Area {
  private var ackThenDriver = AckThenDriver()
  private var driverOKSet = DriverOKSet()
  private var featuresAfterDriver = FeaturesAfterDriver()
  private var featuresOKSet = FeaturesOKSet()
  private var featuresReadBeforeWrite = FeaturesReadBeforeWrite()
  private var noConfigWriteBeforeFeaturesOK = NoConfigWriteBeforeFeaturesOK()
  private var noContinueAfterFailure = NoContinueAfterFailure()
  private var noKickBeforeDriverOK = NoKickBeforeDriverOK()
  private var noNewFeaturesAfterFeaturesOK = NoNewFeaturesAfterFeaturesOK()
  private var queuesEnabledAtDriverOK = QueuesEnabledAtDriverOK()
  private var rereadFeaturesOK = RereadFeaturesOK()
  private var resetFirst = ResetFirst()
  private var sequenceOrder = SequenceOrder()
  private var setFailedOnError = SetFailedOnError()
  private var setupBeforeDriverOK = SetupBeforeDriverOK()
  private var stopIfFeaturesRefused = StopIfFeaturesRefused()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .writeStatus:
      out.run(&resetFirst, step, session)
      out.run(&ackThenDriver, step, session)
      out.run(&featuresOKSet, step, session)
      out.run(&rereadFeaturesOK, step, session)
      out.run(&stopIfFeaturesRefused, step, session)
      out.run(&queuesEnabledAtDriverOK, step, session)
      out.run(&driverOKSet, step, session)
      out.run(&setFailedOnError, step, session)
      out.run(&noContinueAfterFailure, step, session)
      out.run(&sequenceOrder, step, session)
    case .readStatus:
      out.run(&rereadFeaturesOK, step, session)
      out.run(&sequenceOrder, step, session)
      out.run(&setFailedOnError, step, session)
    case .writeDriverFeatures:
      out.run(&resetFirst, step, session)
      out.run(&featuresAfterDriver, step, session)
      out.run(&featuresReadBeforeWrite, step, session)
      out.run(&noNewFeaturesAfterFeaturesOK, step, session)
      out.run(&noContinueAfterFailure, step, session)
      out.run(&sequenceOrder, step, session)
    case .writeQueueSize, .writeQueueAddress, .writeQueueEnable, .writeQueuePFN:
      out.run(&resetFirst, step, session)
      out.run(&rereadFeaturesOK, step, session)
      out.run(&stopIfFeaturesRefused, step, session)
      out.run(&setupBeforeDriverOK, step, session)
      out.run(&noContinueAfterFailure, step, session)
      out.run(&sequenceOrder, step, session)
    case .writeConfig:
      out.run(&noConfigWriteBeforeFeaturesOK, step, session)
      out.run(&sequenceOrder, step, session)
    case .kick:
      out.run(&noKickBeforeDriverOK, step, session)
      out.run(&stopIfFeaturesRefused, step, session)
      out.run(&queuesEnabledAtDriverOK, step, session)
    case .readConfig, .readQueueSize:
      out.run(&setFailedOnError, step, session)
    default:
      // The rest is neither a step of the initialization nor a use of the device.
      break
    }
  }

  mutating func conclude(_ session: Session, end: SessionEnd, _ out: inout Verdicts) {
    out.end(&driverOKSet, session, end)
    out.end(&setFailedOnError, session, end)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (AckThenDriver.self, ackThenDriver.tally),
      (DriverOKSet.self, driverOKSet.tally),
      (FeaturesAfterDriver.self, featuresAfterDriver.tally),
      (FeaturesOKSet.self, featuresOKSet.tally),
      (FeaturesReadBeforeWrite.self, featuresReadBeforeWrite.tally),
      (NoConfigWriteBeforeFeaturesOK.self, noConfigWriteBeforeFeaturesOK.tally),
      (NoContinueAfterFailure.self, noContinueAfterFailure.tally),
      (NoKickBeforeDriverOK.self, noKickBeforeDriverOK.tally),
      (NoNewFeaturesAfterFeaturesOK.self, noNewFeaturesAfterFeaturesOK.tally),
      (QueuesEnabledAtDriverOK.self, queuesEnabledAtDriverOK.tally),
      (RereadFeaturesOK.self, rereadFeaturesOK.tally),
      (ResetFirst.self, resetFirst.tally),
      (SequenceOrder.self, sequenceOrder.tally),
      (SetFailedOnError.self, setFailedOnError.tally),
      (SetupBeforeDriverOK.self, setupBeforeDriverOK.tally),
      (StopIfFeaturesRefused.self, stopIfFeaturesRefused.tally),
    ]
  }
}
