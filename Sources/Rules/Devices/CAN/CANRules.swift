import Model

/// Rules about the CAN device, and which steps each one sees.
struct CANRules: Area {
  private var featRtrRequiresClassic = CANFeatRtrRequiresClassic()
  private var featClassicOrFd = CANFeatClassicOrFd()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .writeStatus:
      out.run(&featRtrRequiresClassic, step, session)
      out.run(&featClassicOrFd, step, session)
    case .writeDriverFeatures:
      out.run(&featClassicOrFd, step, session)
    default:
      // No rule about this device looks at the rest.
      break
    }
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (CANFeatRtrRequiresClassic.self, featRtrRequiresClassic.tally),
      (CANFeatClassicOrFd.self, featClassicOrFd.tally),
    ]
  }
}
