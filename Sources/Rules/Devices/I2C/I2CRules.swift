import Model

/// Rules about the I2C adapter, and which steps each one sees.
struct I2CRules: Area {
  private var featOfferZeroLength = I2CFeatOfferZeroLength()
  private var featAcceptZeroLength = I2CFeatAcceptZeroLength()
  private var featAbortUnoffered = I2CFeatAbortUnoffered()
  private var featRejectWithout = I2CFeatRejectWithout()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .writeStatus:
      out.run(&featOfferZeroLength, step, session)
      out.run(&featAcceptZeroLength, step, session)
      out.run(&featAbortUnoffered, step, session)
      out.run(&featRejectWithout, step, session)
    case .readStatus:
      out.run(&featRejectWithout, step, session)
    case .writeDriverFeatures:
      out.run(&featAcceptZeroLength, step, session)
    default:
      // No rule about this device looks at the rest.
      break
    }
  }

  mutating func conclude(_ session: Session, end: SessionEnd, _ out: inout Verdicts) {
    out.end(&featOfferZeroLength, session, end)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (I2CFeatOfferZeroLength.self, featOfferZeroLength.tally),
      (I2CFeatAcceptZeroLength.self, featAcceptZeroLength.tally),
      (I2CFeatAbortUnoffered.self, featAbortUnoffered.tally),
      (I2CFeatRejectWithout.self, featRejectWithout.tally),
    ]
  }
}
