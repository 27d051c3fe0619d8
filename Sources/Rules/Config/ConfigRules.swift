import Model

/// Rules about the device configuration and about queues that are set up again, and which steps each
/// one sees.
struct ConfigRules: Area {
  private var atomicWide = AtomicWide()
  private var atomicMulti = AtomicMulti()
  private var generationLoop = GenerationLoop()
  private var checkFeature = CheckFeatureBeforeOptional()
  private var devReadable = DevReadableBeforeFeaturesOK()
  private var drvVerify = VQResetDrvVerify()
  private var drvFullConfig = VQReenableDrvFullConfig()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .readConfig:
      out.run(&atomicWide, step, session)
      out.run(&atomicMulti, step, session)
      out.run(&generationLoop, step, session)
      out.run(&checkFeature, step, session)
      out.run(&devReadable, step, session)
    case .writeConfig:
      out.run(&atomicWide, step, session)
      out.run(&atomicMulti, step, session)
      out.run(&generationLoop, step, session)
      out.run(&checkFeature, step, session)
    case .writeStatus:
      out.run(&atomicWide, step, session)
      out.run(&atomicMulti, step, session)
      out.run(&generationLoop, step, session)
    case .writeQueueSize:
      out.run(&drvVerify, step, session)
    case .writeQueueAddress, .writeQueueEnable:
      out.run(&drvVerify, step, session)
      out.run(&drvFullConfig, step, session)
    case .writeQueueReset:
      out.run(&drvFullConfig, step, session)
    case .readConfigGeneration:
      if session.hasNews(step) { judgeTorn(step, session, &out) }
    case .kick:
      // Right behind a generation the driver goes on with what it read.
      if session.lastRecord == session.generation.read { judgeTorn(step, session, &out) }
    default: break
    }
  }

  private mutating func judgeTorn(
    _ step: Transaction, _ session: Session, _ out: inout Verdicts
  ) {
    out.run(&atomicWide, step, session)
    out.run(&atomicMulti, step, session)
    out.run(&generationLoop, step, session)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (AtomicWide.self, atomicWide.tally),
      (AtomicMulti.self, atomicMulti.tally),
      (GenerationLoop.self, generationLoop.tally),
      (CheckFeatureBeforeOptional.self, checkFeature.tally),
      (DevReadableBeforeFeaturesOK.self, devReadable.tally),
      (VQResetDrvVerify.self, drvVerify.tally),
      (VQReenableDrvFullConfig.self, drvFullConfig.tally),
    ]
  }
}
