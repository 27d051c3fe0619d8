import Model

/// Rules about where a device wants its notifications, and which steps each one sees.
struct PCINotifyRules: Area {
  private var align2 = NotifyRule<NotifyDevOffsetAlign2>()
  private var align4 = NotifyRule<NotifyDevOffsetAlign4>()
  private var multiplier = NotifyRule<NotifyDevMultiplier>()
  private var multiplierData = NotifyRule<NotifyDevMultiplierData>()
  private var length2 = NotifyRule<NotifyDevLengthMin2>()
  private var length4 = NotifyRule<NotifyDevLengthMin4>()
  private var formula2 = NotifyReachRule<NotifyDevLengthFormula2>()
  private var formula4 = NotifyReachRule<NotifyDevLengthFormula4>()
  private var all2 = NotifyReachRule<NotifyDevLengthAllQueues>()
  private var all4 = NotifyReachRule<NotifyDevLengthAllQueuesData>()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .readDeviceFeatures:
      out.run(&align2, step, session)
      out.run(&align4, step, session)
      out.run(&multiplier, step, session)
      out.run(&multiplierData, step, session)
      out.run(&length2, step, session)
      out.run(&length4, step, session)
    case .readQueueNotifyOffset:
      out.run(&formula2, step, session)
      out.run(&formula4, step, session)
      out.run(&all2, step, session)
      out.run(&all4, step, session)
    default:
      // Features and offsets are all that the statements rest on.
      break
    }
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (NotifyRule<NotifyDevOffsetAlign2>.self, align2.tally),
      (NotifyRule<NotifyDevOffsetAlign4>.self, align4.tally),
      (NotifyRule<NotifyDevMultiplier>.self, multiplier.tally),
      (NotifyRule<NotifyDevMultiplierData>.self, multiplierData.tally),
      (NotifyRule<NotifyDevLengthMin2>.self, length2.tally),
      (NotifyRule<NotifyDevLengthMin4>.self, length4.tally),
      (NotifyReachRule<NotifyDevLengthFormula2>.self, formula2.tally),
      (NotifyReachRule<NotifyDevLengthFormula4>.self, formula4.tally),
      (NotifyReachRule<NotifyDevLengthAllQueues>.self, all2.tally),
      (NotifyReachRule<NotifyDevLengthAllQueuesData>.self, all4.tally),
    ]
  }
}
