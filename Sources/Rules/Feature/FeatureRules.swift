import Model

/// Rules about feature bits, and which steps each one sees.
struct FeatureRules: Area {
  private var acceptSubsetOfOffered = AcceptSubsetOfOffered()
  private var acceptDependency = AcceptDependency()
  private var validateOffered = ValidateOffered()
  private var noAcceptUndefined = NoAcceptUndefined()
  private var noAcceptReserved = NoAcceptReserved()
  private var noAcceptTransportUnsupported = NoAcceptTransportUnsupported()
  private var noAcceptWrongDeviceType = NoAcceptWrongDeviceType()
  private var renegotiateNeedsReset = RenegotiateNeedsReset()
  private var failIfRequiredMissing = FailIfRequiredMissing()
  private var noFailUnknownOffered = NoFailUnknownOffered()
  private var devOfferDependency = DevOfferDependency()
  private var devAcceptValidSubset = DevAcceptValidSubset()
  private var devRefuseFeaturesOK = DevRefuseFeaturesOK()
  private var devRenegotiateSameSet = DevRenegotiateSameSet()
  private var devNoOfferUnsupported = DevNoOfferUnsupported()
  private var devNoOfferTransport = DevNoOfferTransport()
  private var devNoOfferDeviceType = DevNoOfferDeviceType()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .writeStatus:
      judgeAcceptance(step, session, &out)
      judgeAnswer(step, session, &out)
      out.run(&failIfRequiredMissing, step, session)
      out.run(&noFailUnknownOffered, step, session)
      out.run(&devOfferDependency, step, session)
    case .readStatus:
      judgeAnswer(step, session, &out)
    case .readDriverFeatures:
      out.run(&devRefuseFeaturesOK, step, session)
    case .readDeviceFeatures:
      out.run(&devNoOfferUnsupported, step, session)
      out.run(&devNoOfferTransport, step, session)
      out.run(&devNoOfferDeviceType, step, session)
    case .writeDriverFeatures:
      judgeAcceptance(step, session, &out)
      out.run(&validateOffered, step, session)
      out.run(&renegotiateNeedsReset, step, session)
    default:
      break
    }
  }

  /// The driver's set becomes final: with the status, or on the legacy interface as it is written.
  private mutating func judgeAcceptance(
    _ step: Transaction, _ session: Session, _ out: inout Verdicts
  ) {
    out.run(&acceptSubsetOfOffered, step, session)
    out.run(&acceptDependency, step, session)
    out.run(&noAcceptUndefined, step, session)
    out.run(&noAcceptReserved, step, session)
    out.run(&noAcceptTransportUnsupported, step, session)
    out.run(&noAcceptWrongDeviceType, step, session)
  }

  /// The device answers to FEATURES_OK: in the status that is read, or to the write itself.
  private mutating func judgeAnswer(
    _ step: Transaction, _ session: Session, _ out: inout Verdicts
  ) {
    out.run(&devAcceptValidSubset, step, session)
    out.run(&devRefuseFeaturesOK, step, session)
    out.run(&devRenegotiateSameSet, step, session)
  }

  mutating func conclude(_ session: Session, end: SessionEnd, _ out: inout Verdicts) {
    out.end(&failIfRequiredMissing, session, end)
    out.end(&devOfferDependency, session, end)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (AcceptSubsetOfOffered.self, acceptSubsetOfOffered.tally),
      (AcceptDependency.self, acceptDependency.tally),
      (ValidateOffered.self, validateOffered.tally),
      (NoAcceptUndefined.self, noAcceptUndefined.tally),
      (NoAcceptReserved.self, noAcceptReserved.tally),
      (NoAcceptTransportUnsupported.self, noAcceptTransportUnsupported.tally),
      (NoAcceptWrongDeviceType.self, noAcceptWrongDeviceType.tally),
      (RenegotiateNeedsReset.self, renegotiateNeedsReset.tally),
      (FailIfRequiredMissing.self, failIfRequiredMissing.tally),
      (NoFailUnknownOffered.self, noFailUnknownOffered.tally),
      (DevOfferDependency.self, devOfferDependency.tally),
      (DevAcceptValidSubset.self, devAcceptValidSubset.tally),
      (DevRefuseFeaturesOK.self, devRefuseFeaturesOK.tally),
      (DevRenegotiateSameSet.self, devRenegotiateSameSet.tally),
      (DevNoOfferUnsupported.self, devNoOfferUnsupported.tally),
      (DevNoOfferTransport.self, devNoOfferTransport.tally),
      (DevNoOfferDeviceType.self, devNoOfferDeviceType.tally),
    ]
  }
}
