import Model
import VirtioSpec

/// Rules about the commands of virtio-ccw, and which steps each one sees.
struct CCWCommandRules: Area {
  private var devLengthMismatch = DevLengthMismatch()
  private var devShortData = DevShortData()
  private var devLongData = DevLongData()
  private var drvCorrectLength = DrvCorrectLength()
  private var featureBlockSize = FeatureBlockSize()
  private var blockFormat = CCWBlockFormat()
  private var legacyBlockFormat = LegacyCCWBlockFormat()
  private var devSenseID = DevSenseID()
  private var devRejectUnknownCommand = DevRejectUnknownCommand()
  private var wholeSpace = WholeSpace()
  private var noAdminVQ = CCWNoAdminVQ()
  private var noRingReset = CCWNoRingReset()
  private var noSharedMemory = CCWNoSharedMemory()
  private var devClassicAfterAdapter = DevClassicAfterAdapter()
  private var devAdapterAfterClassic = DevAdapterAfterClassic()
  private var indMutuallyExclusive = IndMutuallyExclusive()
  private var indBeforeDriverOK = IndBeforeDriverOK()
  private var classicInterrupts = ClassicInterrupts()
  private var readConfFirst = ReadConfFirst()
  private var sizeMax = CCWSizeMax()
  private var devIgnoreRes0 = DevIgnoreRes0()
  private var kickValue = CCWKickValue()
  private var drvPassCookie = DrvPassCookie()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .kick:
      out.run(&kickValue, step, session)
      out.run(&drvPassCookie, step, session)
    case .readDeviceID:
      out.run(&devSenseID, step, session)
    case .otherCommand:
      out.run(&devRejectUnknownCommand, step, session)
    case .readStatus, .readQueueSize, .setConfigIndicators:
      out.run(&devRejectUnknownCommand, step, session)
      out.run(&devLengthMismatch, step, session)
      out.run(&devShortData, step, session)
      out.run(&devLongData, step, session)
      out.run(&drvCorrectLength, step, session)
    case .writeStatus:
      out.run(&devLengthMismatch, step, session)
      out.run(&devShortData, step, session)
      out.run(&devLongData, step, session)
      out.run(&drvCorrectLength, step, session)
      out.run(&noAdminVQ, step, session)
      out.run(&noRingReset, step, session)
      out.run(&noSharedMemory, step, session)
    case .readDeviceFeatures, .writeDriverFeatures:
      out.run(&devLengthMismatch, step, session)
      out.run(&devShortData, step, session)
      out.run(&devLongData, step, session)
      out.run(&drvCorrectLength, step, session)
      out.run(&featureBlockSize, step, session)
      out.run(&noAdminVQ, step, session)
      out.run(&noRingReset, step, session)
      out.run(&noSharedMemory, step, session)
    case .writeQueueEnable:
      out.run(&devLengthMismatch, step, session)
      out.run(&devShortData, step, session)
      out.run(&devLongData, step, session)
      out.run(&drvCorrectLength, step, session)
      out.run(&blockFormat, step, session)
      out.run(&legacyBlockFormat, step, session)
      out.run(&devIgnoreRes0, step, session)
      out.run(&kickValue, step, session)
    case .writeQueueSize:
      out.run(&readConfFirst, step, session)
      out.run(&sizeMax, step, session)
      out.run(&devIgnoreRes0, step, session)
    case .writeQueueAddress:
      out.run(&devIgnoreRes0, step, session)
    case .setIndicators, .setAdapterIndicators:
      out.run(&devLengthMismatch, step, session)
      out.run(&devShortData, step, session)
      out.run(&devLongData, step, session)
      out.run(&drvCorrectLength, step, session)
      out.run(&devClassicAfterAdapter, step, session)
      out.run(&devAdapterAfterClassic, step, session)
      out.run(&indMutuallyExclusive, step, session)
      out.run(&indBeforeDriverOK, step, session)
      out.run(&classicInterrupts, step, session)
    case .reset:
      out.run(&devClassicAfterAdapter, step, session)
      out.run(&devAdapterAfterClassic, step, session)
      out.run(&indMutuallyExclusive, step, session)
      out.run(&indBeforeDriverOK, step, session)
      out.run(&devIgnoreRes0, step, session)
    case .readConfig, .writeConfig:
      out.run(&wholeSpace, step, session)
    case .interrupt:
      if step.index == 2 || session.hasNews(step) { out.run(&classicInterrupts, step, session) }
    default: break
    }
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (DevLengthMismatch.self, devLengthMismatch.tally),
      (DevShortData.self, devShortData.tally),
      (DevLongData.self, devLongData.tally),
      (DrvCorrectLength.self, drvCorrectLength.tally),
      (FeatureBlockSize.self, featureBlockSize.tally),
      (CCWBlockFormat.self, blockFormat.tally),
      (LegacyCCWBlockFormat.self, legacyBlockFormat.tally),
      (DevSenseID.self, devSenseID.tally),
      (DevRejectUnknownCommand.self, devRejectUnknownCommand.tally),
      (WholeSpace.self, wholeSpace.tally),
      (CCWNoAdminVQ.self, noAdminVQ.tally),
      (CCWNoRingReset.self, noRingReset.tally),
      (CCWNoSharedMemory.self, noSharedMemory.tally),
      (DevClassicAfterAdapter.self, devClassicAfterAdapter.tally),
      (DevAdapterAfterClassic.self, devAdapterAfterClassic.tally),
      (IndMutuallyExclusive.self, indMutuallyExclusive.tally),
      (IndBeforeDriverOK.self, indBeforeDriverOK.tally),
      (ClassicInterrupts.self, classicInterrupts.tally),
      (ReadConfFirst.self, readConfFirst.tally),
      (CCWSizeMax.self, sizeMax.tally),
      (DevIgnoreRes0.self, devIgnoreRes0.tally),
      (CCWKickValue.self, kickValue.tally),
      (DrvPassCookie.self, drvPassCookie.tally),
    ]
  }
}
