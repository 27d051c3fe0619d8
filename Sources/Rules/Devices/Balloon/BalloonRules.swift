import Model

/// Rules about the memory balloon device, and which steps each one sees.
struct BalloonRules: Area {
  private var featMustTellAccept = BalloonFeatMustTellAccept()
  private var legacyCfgLe = BalloonLegacyCfgLe()
  private var legacyActualAtomic = BalloonLegacyActualAtomic()
  private var poisonSetBeforeOK = BalloonPoisonSetBeforeOK()
  private var poisonNoChange = BalloonPoisonNoChange()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .writeStatus:
      out.run(&featMustTellAccept, step, session)
      out.run(&poisonSetBeforeOK, step, session)
    case .readConfig:
      out.run(&legacyCfgLe, step, session)
    case .writeConfig:
      out.run(&legacyActualAtomic, step, session)
      out.run(&poisonSetBeforeOK, step, session)
      out.run(&poisonNoChange, step, session)
    default:
      // No rule about this device looks at the rest.
      break
    }
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (BalloonFeatMustTellAccept.self, featMustTellAccept.tally),
      (BalloonLegacyCfgLe.self, legacyCfgLe.tally),
      (BalloonLegacyActualAtomic.self, legacyActualAtomic.tally),
      (BalloonPoisonSetBeforeOK.self, poisonSetBeforeOK.tally),
      (BalloonPoisonNoChange.self, poisonNoChange.tally),
    ]
  }
}
