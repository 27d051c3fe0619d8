import Model

/// Rules about the crypto device, and which steps each one sees.
struct CryptoRules: Area {
  private var featRequiresOffered = CryptoFeatRequiresOffered()
  private var featRequiresAccepted = CryptoFeatRequiresAccepted()
  private var cfgMaxDataqRange = CryptoCfgMaxDataqRange()
  private var cfgStatusUndefined = CryptoCfgStatusUndefined()
  private var cfgStatusValid = CryptoCfgStatusValid()
  private var cfgMaxSizeSet = CryptoCfgMaxSizeSet()
  private var cfgMaxCipherKeySet = CryptoCfgMaxCipherKeySet()
  private var cfgMaxAuthKeySet = CryptoCfgMaxAuthKeySet()
  private var cfgServicesSet = CryptoCfgServicesSet()
  private var cfgAlgoMasksSet = CryptoCfgAlgoMasksSet()
  private var cfgDrvReadStatus = CryptoCfgDrvReadStatus()
  private var cfgDrvRereadStatus = CryptoCfgDrvRereadStatus()
  private var cfgDrvReadMaxDataq = CryptoCfgDrvReadMaxDataq()
  private var cfgDrvReadServices = CryptoCfgDrvReadServices()
  private var initReadServices = CryptoInitReadServices()
  private var cfgDrvReadAlgos = CryptoCfgDrvReadAlgos()
  private var initReadAlgos = CryptoInitReadAlgos()
  private var cfgDrvReadMaxSize = CryptoCfgDrvReadMaxSize()
  private var cfgDrvReadCipherKey = CryptoCfgDrvReadCipherKey()
  private var cfgDrvReadAuthKey = CryptoCfgDrvReadAuthKey()
  private var initAllVQS = CryptoInitAllVQS()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .writeStatus:
      out.run(&featRequiresOffered, step, session)
      out.run(&featRequiresAccepted, step, session)
      out.run(&initAllVQS, step, session)
    case .readConfig:
      out.run(&cfgMaxDataqRange, step, session)
      out.run(&cfgStatusUndefined, step, session)
      out.run(&cfgStatusValid, step, session)
      out.run(&cfgMaxSizeSet, step, session)
      out.run(&cfgMaxCipherKeySet, step, session)
      out.run(&cfgMaxAuthKeySet, step, session)
      out.run(&cfgServicesSet, step, session)
      out.run(&cfgAlgoMasksSet, step, session)
      out.run(&cfgDrvReadStatus, step, session)
      out.run(&cfgDrvRereadStatus, step, session)
      out.run(&cfgDrvReadMaxDataq, step, session)
      out.run(&cfgDrvReadServices, step, session)
      out.run(&initReadServices, step, session)
      out.run(&cfgDrvReadAlgos, step, session)
      out.run(&initReadAlgos, step, session)
      out.run(&cfgDrvReadMaxSize, step, session)
      out.run(&cfgDrvReadCipherKey, step, session)
      out.run(&cfgDrvReadAuthKey, step, session)
    case .kick:
      out.run(&cfgDrvReadStatus, step, session)
      out.run(&cfgDrvRereadStatus, step, session)
      out.run(&cfgDrvReadMaxDataq, step, session)
      out.run(&cfgDrvReadServices, step, session)
      out.run(&initReadServices, step, session)
      out.run(&cfgDrvReadAlgos, step, session)
      out.run(&initReadAlgos, step, session)
      out.run(&cfgDrvReadMaxSize, step, session)
      out.run(&cfgDrvReadCipherKey, step, session)
      out.run(&cfgDrvReadAuthKey, step, session)
    default:
      // No rule about this device looks at the rest.
      break
    }
  }

  mutating func conclude(_ session: Session, end: SessionEnd, _ out: inout Verdicts) {
    out.end(&featRequiresOffered, session, end)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (CryptoFeatRequiresOffered.self, featRequiresOffered.tally),
      (CryptoFeatRequiresAccepted.self, featRequiresAccepted.tally),
      (CryptoCfgMaxDataqRange.self, cfgMaxDataqRange.tally),
      (CryptoCfgStatusUndefined.self, cfgStatusUndefined.tally),
      (CryptoCfgStatusValid.self, cfgStatusValid.tally),
      (CryptoCfgMaxSizeSet.self, cfgMaxSizeSet.tally),
      (CryptoCfgMaxCipherKeySet.self, cfgMaxCipherKeySet.tally),
      (CryptoCfgMaxAuthKeySet.self, cfgMaxAuthKeySet.tally),
      (CryptoCfgServicesSet.self, cfgServicesSet.tally),
      (CryptoCfgAlgoMasksSet.self, cfgAlgoMasksSet.tally),
      (CryptoCfgDrvReadStatus.self, cfgDrvReadStatus.tally),
      (CryptoCfgDrvRereadStatus.self, cfgDrvRereadStatus.tally),
      (CryptoCfgDrvReadMaxDataq.self, cfgDrvReadMaxDataq.tally),
      (CryptoCfgDrvReadServices.self, cfgDrvReadServices.tally),
      (CryptoInitReadServices.self, initReadServices.tally),
      (CryptoCfgDrvReadAlgos.self, cfgDrvReadAlgos.tally),
      (CryptoInitReadAlgos.self, initReadAlgos.tally),
      (CryptoCfgDrvReadMaxSize.self, cfgDrvReadMaxSize.tally),
      (CryptoCfgDrvReadCipherKey.self, cfgDrvReadCipherKey.tally),
      (CryptoCfgDrvReadAuthKey.self, cfgDrvReadAuthKey.tally),
      (CryptoInitAllVQS.self, initAllVQS.tally),
    ]
  }
}
