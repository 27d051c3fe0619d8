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

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .writeStatus:
      judgeAcceptance(step, session, &out)
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
    ]
  }
}
