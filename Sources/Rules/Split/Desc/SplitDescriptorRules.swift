import Model

/// Rules about the descriptors of split queues, and which steps each one sees.
struct SplitDescriptorRules: Area {
  private var noLoop = ChainFaultRule<NoLoop>()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .bufferAvailable:
      out.run(&noLoop, step, session)
    default:
      // Chains are judged when they are made available.
      break
    }
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (ChainFaultRule<NoLoop>.self, noLoop.tally)
    ]
  }
}
