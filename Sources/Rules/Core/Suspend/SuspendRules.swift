import Model

/// Rules about the suspension of a device, and which steps each one sees.
struct SuspendRules: Area {
  private var drvNeedsDriverOK = SuspendDrvNeedsDriverOK()
  private var drvNeedsFeature = SuspendDrvNeedsFeature()
  private var drvVerify = SuspendDrvVerify()
  private var drvNoKick = SuspendDrvNoKick()
  private var drvNoConfigWrite = SuspendDrvNoConfigWrite()
  private var drvWaitResume = SuspendDrvWaitResume()
  private var devIgnoreBeforeInit = SuspendDevIgnoreBeforeInit()
  private var devSuspends = SuspendDevSuspends()
  private var devResumes = SuspendDevResumes()
  private var devIgnoreConfigWrite = SuspendDevIgnoreConfigWrite()
  private var devNoConfigChange = SuspendDevNoConfigChange()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .writeStatus:
      out.run(&drvNeedsDriverOK, step, session)
      out.run(&drvNeedsFeature, step, session)
      out.run(&drvVerify, step, session)
    case .readStatus:
      out.run(&drvVerify, step, session)
      out.run(&devIgnoreBeforeInit, step, session)
      out.run(&devSuspends, step, session)
      out.run(&devResumes, step, session)
    case .writeConfig:
      out.run(&drvNoConfigWrite, step, session)
      out.run(&drvWaitResume, step, session)
      out.run(&devIgnoreConfigWrite, step, session)
      out.run(&devNoConfigChange, step, session)
    case .readConfig:
      out.run(&devIgnoreConfigWrite, step, session)
      out.run(&devNoConfigChange, step, session)
    case .kick:
      guard session.suspension.isActive else { return }
      out.run(&drvNoKick, step, session)
      out.run(&drvWaitResume, step, session)
    case .readConfigGeneration:
      if session.suspension.isActive { out.run(&devNoConfigChange, step, session) }
    default: break
    }
  }

  mutating func conclude(_ session: Session, end: SessionEnd, _ out: inout Verdicts) {
    out.end(&drvVerify, session, end)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (SuspendDrvNeedsDriverOK.self, drvNeedsDriverOK.tally),
      (SuspendDrvNeedsFeature.self, drvNeedsFeature.tally),
      (SuspendDrvVerify.self, drvVerify.tally),
      (SuspendDrvNoKick.self, drvNoKick.tally),
      (SuspendDrvNoConfigWrite.self, drvNoConfigWrite.tally),
      (SuspendDrvWaitResume.self, drvWaitResume.tally),
      (SuspendDevIgnoreBeforeInit.self, devIgnoreBeforeInit.tally),
      (SuspendDevSuspends.self, devSuspends.tally),
      (SuspendDevResumes.self, devResumes.tally),
      (SuspendDevIgnoreConfigWrite.self, devIgnoreConfigWrite.tally),
      (SuspendDevNoConfigChange.self, devNoConfigChange.tally),
    ]
  }
}
