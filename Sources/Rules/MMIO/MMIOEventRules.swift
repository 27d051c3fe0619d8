import Model

/// Rules about features, interrupts and the configuration of virtio-mmio, and which steps each one
/// sees.
struct MMIOEventRules: Area {
  private var selBeforeRead = SelBeforeRead()
  private var selBeforeWrite = SelBeforeWrite()
  private var noAdminVQ = MMIONoAdminVQ()
  private var ignoreUndefinedBits = IgnoreUndefinedBits()
  private var ackNoUndefined = AckNoUndefined()
  private var ackHandled = AckHandled()
  private var readStatus = IrqReadStatus()
  private var ackAfterHandling = AckAfterHandling()
  private var devStatusUntilAck = DevInterruptStatusUntilAck()
  private var devConfigGeneration = DevConfigGeneration()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .readISR, .acknowledgeInterrupt:
      if session.hasNews(step) { judgeInterrupt(step, session, &out) }
    case .interrupt:
      if session.hasNews(step) { out.run(&readStatus, step, session) }
    case .selectDeviceFeatures, .selectDriverFeatures:
      out.run(&selBeforeRead, step, session)
      out.run(&selBeforeWrite, step, session)
    case .readDeviceFeatures:
      out.run(&selBeforeRead, step, session)
      out.run(&noAdminVQ, step, session)
    case .writeDriverFeatures:
      out.run(&selBeforeWrite, step, session)
      out.run(&noAdminVQ, step, session)
    case .writeStatus:
      out.run(&noAdminVQ, step, session)
      out.run(&devConfigGeneration, step, session)
    case .readConfig, .writeConfig:
      out.run(&devConfigGeneration, step, session)
    case .readConfigGeneration:
      if session.hasNews(step) { out.run(&devConfigGeneration, step, session) }
    default: break
    }
  }

  private mutating func judgeInterrupt(
    _ step: Transaction, _ session: Session, _ out: inout Verdicts
  ) {
    out.run(&ignoreUndefinedBits, step, session)
    out.run(&ackNoUndefined, step, session)
    out.run(&ackHandled, step, session)
    out.run(&readStatus, step, session)
    out.run(&ackAfterHandling, step, session)
    out.run(&devStatusUntilAck, step, session)
  }

  mutating func conclude(_ session: Session, end: SessionEnd, _ out: inout Verdicts) {
    out.end(&devStatusUntilAck, session, end)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (SelBeforeRead.self, selBeforeRead.tally),
      (SelBeforeWrite.self, selBeforeWrite.tally),
      (MMIONoAdminVQ.self, noAdminVQ.tally),
      (IgnoreUndefinedBits.self, ignoreUndefinedBits.tally),
      (AckNoUndefined.self, ackNoUndefined.tally),
      (AckHandled.self, ackHandled.tally),
      (IrqReadStatus.self, readStatus.tally),
      (AckAfterHandling.self, ackAfterHandling.tally),
      (DevInterruptStatusUntilAck.self, devStatusUntilAck.tally),
      (DevConfigGeneration.self, devConfigGeneration.tally),
    ]
  }
}
