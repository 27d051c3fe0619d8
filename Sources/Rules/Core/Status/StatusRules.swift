import Model

/// Rules about the device status field, and which steps each one sees.
struct StatusRules: Area {
  private var noClearBits = NoClearBits()

  mutating func judge(_ step: Transaction, in session: borrowing Session, _ out: inout Verdicts) {
    switch step.kind {
    case .writeStatus:
      out.run(&noClearBits, step, session)
    default:
      break
    }
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [(NoClearBits.self, noClearBits.tally)]
  }
}
