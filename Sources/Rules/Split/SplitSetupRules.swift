import Model

/// Rules about how split queues are set up, and which steps each one sees.
struct SplitSetupRules: Area {
  private var powerOfTwo = SizePowerOfTwo()
  private var parts = AlignParts()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .writeQueueEnable:
      out.run(&powerOfTwo, step, session)
      out.run(&parts, step, session)
    case .writeQueuePFN:
      out.run(&powerOfTwo, step, session)
    case .writeQueueAddress:
      out.run(&parts, step, session)
    default:
      // A queue is judged when it is enabled.
      break
    }
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (SizePowerOfTwo.self, powerOfTwo.tally),
      (AlignParts.self, parts.tally),
    ]
  }
}
