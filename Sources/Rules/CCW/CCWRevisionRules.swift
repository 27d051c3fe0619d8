import Model
import VirtioSpec

/// Rules about revision and status of virtio-ccw, and which steps each one sees.
struct CCWRevisionRules: Area {
  private var devRejectUnsupported = DevRejectUnsupported()
  private var devRejectInvalidCombo = DevRejectInvalidCombo()
  private var devRejectForeignCommands = DevRejectForeignCommands()
  private var devRejectChange = DevRejectChange()
  private var devUnsetOnEnable = DevUnsetOnEnable()
  private var highestFirst = HighestFirst()
  private var setRevFirst = SetRevFirst()
  private var setRevNoSecond = SetRevNoSecond()
  private var drvAssumeRevZero = DrvAssumeRevZero()
  private var ntDevRejectEarly = NtDevRejectEarly()
  private var devAssumeRevZero = DevAssumeRevZero()
  private var devRejectAfterImplicitZero = DevRejectAfterImplicitZero()
  private var payloadBigEndian = PayloadBigEndian()
  private var drvRejectMeansUnchanged = DrvRejectMeansUnchanged()
  private var drvNoReadBelowRev2 = DrvNoReadBelowRev2()
  private var devUnchangedOnFailure = DevUnchangedOnFailure()
  private var devRejectOnFailure = DevRejectOnFailure()
  private var devReadReturnsCurrent = DevReadReturnsCurrent()
  private var devFinishBeforeEnd = DevFinishBeforeEnd()
  private var drvReadAfterConfigIRQ = DrvReadAfterConfigIRQ()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .setRevision:
      out.run(&devRejectUnsupported, step, session)
      out.run(&devRejectInvalidCombo, step, session)
      out.run(&devRejectChange, step, session)
      out.run(&devUnsetOnEnable, step, session)
      out.run(&highestFirst, step, session)
      out.run(&setRevFirst, step, session)
      out.run(&setRevNoSecond, step, session)
      out.run(&devRejectAfterImplicitZero, step, session)
      out.run(&payloadBigEndian, step, session)
    case .readStatus:
      out.run(&devRejectForeignCommands, step, session)
      out.run(&devUnsetOnEnable, step, session)
      out.run(&devRejectAfterImplicitZero, step, session)
      out.run(&drvNoReadBelowRev2, step, session)
      out.run(&drvAssumeRevZero, step, session)
      out.run(&ntDevRejectEarly, step, session)
      out.run(&devAssumeRevZero, step, session)
      out.run(&devUnchangedOnFailure, step, session)
      out.run(&devRejectOnFailure, step, session)
      out.run(&devFinishBeforeEnd, step, session)
      out.run(&devReadReturnsCurrent, step, session)
      out.run(&drvReadAfterConfigIRQ, step, session)
    case .writeStatus:
      out.run(&drvAssumeRevZero, step, session)
      out.run(&ntDevRejectEarly, step, session)
      out.run(&devAssumeRevZero, step, session)
      out.run(&drvRejectMeansUnchanged, step, session)
      out.run(&devUnchangedOnFailure, step, session)
      out.run(&devRejectOnFailure, step, session)
    case .reset:
      out.run(&drvAssumeRevZero, step, session)
      out.run(&ntDevRejectEarly, step, session)
      out.run(&devAssumeRevZero, step, session)
      out.run(&drvRejectMeansUnchanged, step, session)
      out.run(&devUnchangedOnFailure, step, session)
      out.run(&devRejectOnFailure, step, session)
    case .readDeviceFeatures, .writeDriverFeatures, .readQueueSize, .writeQueueEnable,
      .setIndicators,
      .setConfigIndicators, .setAdapterIndicators, .writeConfig:
      out.run(&drvAssumeRevZero, step, session)
      out.run(&ntDevRejectEarly, step, session)
      out.run(&devAssumeRevZero, step, session)
    case .readConfig:
      out.run(&drvAssumeRevZero, step, session)
      out.run(&ntDevRejectEarly, step, session)
      out.run(&devAssumeRevZero, step, session)
      out.run(&drvReadAfterConfigIRQ, step, session)
    case .interrupt:
      if step.index == 1 { out.run(&drvReadAfterConfigIRQ, step, session) }
    default: break
    }
  }

  mutating func conclude(_ session: Session, end: SessionEnd, _ out: inout Verdicts) {
    out.end(&drvReadAfterConfigIRQ, session, end)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (DevRejectUnsupported.self, devRejectUnsupported.tally),
      (DevRejectInvalidCombo.self, devRejectInvalidCombo.tally),
      (DevRejectForeignCommands.self, devRejectForeignCommands.tally),
      (DevRejectChange.self, devRejectChange.tally),
      (DevUnsetOnEnable.self, devUnsetOnEnable.tally),
      (HighestFirst.self, highestFirst.tally),
      (SetRevFirst.self, setRevFirst.tally),
      (SetRevNoSecond.self, setRevNoSecond.tally),
      (DrvAssumeRevZero.self, drvAssumeRevZero.tally),
      (NtDevRejectEarly.self, ntDevRejectEarly.tally),
      (DevAssumeRevZero.self, devAssumeRevZero.tally),
      (DevRejectAfterImplicitZero.self, devRejectAfterImplicitZero.tally),
      (PayloadBigEndian.self, payloadBigEndian.tally),
      (DrvRejectMeansUnchanged.self, drvRejectMeansUnchanged.tally),
      (DrvNoReadBelowRev2.self, drvNoReadBelowRev2.tally),
      (DevUnchangedOnFailure.self, devUnchangedOnFailure.tally),
      (DevRejectOnFailure.self, devRejectOnFailure.tally),
      (DevReadReturnsCurrent.self, devReadReturnsCurrent.tally),
      (DevFinishBeforeEnd.self, devFinishBeforeEnd.tally),
      (DrvReadAfterConfigIRQ.self, drvReadAfterConfigIRQ.tally),
    ]
  }
}
