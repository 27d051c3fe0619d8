import Model

/// Rules about the legacy interface that no transport has alone, and which steps each one sees.
struct LegacyRules: Area {
  private var drvByVersion1 = DrvByVersion1()
  private var drvSequence = LegacyDrvSequence()
  private var devEarlyConfigWrite = LegacyDevEarlyConfigWrite()
  private var readSize = LegacyReadSize()
  private var readUntilStable = LegacyReadUntilStable()
  private var nativeEndian = LegacyNativeEndian()
  private var anyLayoutOffer = AnyLayoutOffer()
  private var bit30 = Bit30NotNegotiated()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .writeStatus:
      out.run(&drvByVersion1, step, session)
      out.run(&drvSequence, step, session)
      out.run(&readUntilStable, step, session)
    case .readConfig:
      out.run(&devEarlyConfigWrite, step, session)
      out.run(&readUntilStable, step, session)
      out.run(&nativeEndian, step, session)
    case .writeConfig:
      out.run(&devEarlyConfigWrite, step, session)
    case .writeQueueSize, .writeQueuePFN:
      out.run(&readSize, step, session)
    case .readDeviceFeatures:
      out.run(&anyLayoutOffer, step, session)
    case .writeDriverFeatures:
      out.run(&bit30, step, session)
    default: break
    }
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (DrvByVersion1.self, drvByVersion1.tally),
      (LegacyDrvSequence.self, drvSequence.tally),
      (LegacyDevEarlyConfigWrite.self, devEarlyConfigWrite.tally),
      (LegacyReadSize.self, readSize.tally),
      (LegacyReadUntilStable.self, readUntilStable.tally),
      (LegacyNativeEndian.self, nativeEndian.tally),
      (AnyLayoutOffer.self, anyLayoutOffer.tally),
      (Bit30NotNegotiated.self, bit30.tally),
    ]
  }
}
