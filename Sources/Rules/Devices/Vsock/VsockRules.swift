import Model

/// Rules about the socket device, and which steps each one sees.
struct VsockRules: Area {
  private var featNoImpliedAccept = VsockFeatNoImpliedAccept()
  private var featNoImpliedOffer = VsockFeatNoImpliedOffer()
  private var addrCIDNotReserved = VsockAddrCIDNotReserved()
  private var addrCfgUpperZero = VsockAddrCfgUpperZero()
  private var creditNoOverrun = VsockCreditNoOverrun()
  private var creditDevNoOverrun = VsockCreditDevNoOverrun()
  private var creditFieldsValid = VsockCreditFieldsValid()
  private var creditDevFieldsValid = VsockCreditDevFieldsValid()
  private var addrSrcCID = VsockAddrSrcCID()
  private var hdrOpKnown = VsockHdrOpKnown()
  private var addrHdrUpperZero = VsockAddrHdrUpperZero()
  private var hdrLenFits = VsockHdrLenFits()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .writeStatus:
      out.run(&featNoImpliedAccept, step, session)
      out.run(&featNoImpliedOffer, step, session)
    case .readConfig:
      out.run(&addrCIDNotReserved, step, session)
      out.run(&addrCfgUpperZero, step, session)
    case .requestMade, .requestAnswered:
      out.run(&creditNoOverrun, step, session)
      out.run(&creditDevNoOverrun, step, session)
      out.run(&creditFieldsValid, step, session)
      out.run(&creditDevFieldsValid, step, session)
      out.run(&addrSrcCID, step, session)
      out.run(&hdrOpKnown, step, session)
      out.run(&addrHdrUpperZero, step, session)
      out.run(&hdrLenFits, step, session)
    default:
      // No rule about this device looks at the rest.
      break
    }
  }

  mutating func conclude(_ session: Session, end: SessionEnd, _ out: inout Verdicts) {
    out.end(&featNoImpliedOffer, session, end)
    out.end(&creditNoOverrun, session, end)
    out.end(&creditDevNoOverrun, session, end)
    out.end(&creditFieldsValid, session, end)
    out.end(&creditDevFieldsValid, session, end)
    out.end(&addrSrcCID, session, end)
    out.end(&hdrOpKnown, session, end)
    out.end(&addrHdrUpperZero, session, end)
    out.end(&hdrLenFits, session, end)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (VsockFeatNoImpliedAccept.self, featNoImpliedAccept.tally),
      (VsockFeatNoImpliedOffer.self, featNoImpliedOffer.tally),
      (VsockAddrCIDNotReserved.self, addrCIDNotReserved.tally),
      (VsockAddrCfgUpperZero.self, addrCfgUpperZero.tally),
      (VsockCreditNoOverrun.self, creditNoOverrun.tally),
      (VsockCreditDevNoOverrun.self, creditDevNoOverrun.tally),
      (VsockCreditFieldsValid.self, creditFieldsValid.tally),
      (VsockCreditDevFieldsValid.self, creditDevFieldsValid.tally),
      (VsockAddrSrcCID.self, addrSrcCID.tally),
      (VsockHdrOpKnown.self, hdrOpKnown.tally),
      (VsockAddrHdrUpperZero.self, addrHdrUpperZero.tally),
      (VsockHdrLenFits.self, hdrLenFits.tally),
    ]
  }
}
