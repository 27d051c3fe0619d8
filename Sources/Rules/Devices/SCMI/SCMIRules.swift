import Model

/// Rules about the SCMI device, and which steps each one sees.
struct SCMIRules: Area {
  private var featShmemOffer = SCMIFeatShmemOffer()
  private var shmIDTable = SCMISHMIDTable()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .writeStatus, .writeRegister, .readRegister:
      out.run(&featShmemOffer, step, session)
      out.run(&shmIDTable, step, session)
    default:
      // No rule about this device looks at the rest.
      break
    }
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (SCMIFeatShmemOffer.self, featShmemOffer.tally),
      (SCMISHMIDTable.self, shmIDTable.tally),
    ]
  }
}
