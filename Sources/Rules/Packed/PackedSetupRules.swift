import Model

/// Rules about how packed queues are set up, and which steps each one sees.
struct PackedSetupRules: Area {
  private var sizeMax = PackedSizeMax()
  private var parts = PackedAlignParts()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .writeQueueEnable:
      out.run(&sizeMax, step, session)
      out.run(&parts, step, session)
    default:
      // A queue is judged when it is enabled.
      break
    }
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (PackedSizeMax.self, sizeMax.tally),
      (PackedAlignParts.self, parts.tally),
    ]
  }
}
