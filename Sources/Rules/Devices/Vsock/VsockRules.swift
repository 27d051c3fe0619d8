import Model

/// Rules about the socket device, and which steps each one sees.
struct VsockRules: Area {
  private var featNoImpliedAccept = VsockFeatNoImpliedAccept()
  private var featNoImpliedOffer = VsockFeatNoImpliedOffer()
  private var addrCIDNotReserved = VsockAddrCIDNotReserved()
  private var addrCfgUpperZero = VsockAddrCfgUpperZero()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .writeStatus:
      out.run(&featNoImpliedAccept, step, session)
      out.run(&featNoImpliedOffer, step, session)
    case .readConfig:
      out.run(&addrCIDNotReserved, step, session)
      out.run(&addrCfgUpperZero, step, session)
    default:
      // No rule about this device looks at the rest.
      break
    }
  }

  mutating func conclude(_ session: Session, end: SessionEnd, _ out: inout Verdicts) {
    out.end(&featNoImpliedOffer, session, end)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (VsockFeatNoImpliedAccept.self, featNoImpliedAccept.tally),
      (VsockFeatNoImpliedOffer.self, featNoImpliedOffer.tally),
      (VsockAddrCIDNotReserved.self, addrCIDNotReserved.tally),
      (VsockAddrCfgUpperZero.self, addrCfgUpperZero.tally),
    ]
  }
}
