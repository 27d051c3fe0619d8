import Model

/// Rules about the notifications of a device, and which steps each one sees.
struct NotificationRules: Area {
  private var beforeDriverOK = DevNoNotifyBeforeDriverOK()
  private var afterReset = DevNoNotifyAfterReset()
  private var vqReset = VQResetDevNoNotify()
  private var suspended = SuspendDevNoNotify()
  private var suspendedConfig = SuspendDevNoConfigIRQ()
  private var onChange = DevNotifyOnChange()
  private var onResume = SuspendDevConfigIRQOnResume()
  private var needsReset = DevNeedsResetConfigIRQ()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .readConfig, .writeConfigVector:
      out.run(&onChange, step, session)
      out.run(&onResume, step, session)
      out.run(&needsReset, step, session)
    case .readStatus:
      out.run(&needsReset, step, session)
    case .interrupt:
      // Of a device that simply runs, only a change of the configuration is of interest.
      guard session.hasNews(step) else { return }
      out.run(&beforeDriverOK, step, session)
      out.run(&afterReset, step, session)
      out.run(&vqReset, step, session)
      out.run(&suspended, step, session)
      out.run(&suspendedConfig, step, session)
      out.run(&onChange, step, session)
      out.run(&onResume, step, session)
      out.run(&needsReset, step, session)
    default: break
    }
  }

  mutating func conclude(_ session: Session, end: SessionEnd, _ out: inout Verdicts) {
    out.end(&onChange, session, end)
    out.end(&onResume, session, end)
    out.end(&needsReset, session, end)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (DevNoNotifyBeforeDriverOK.self, beforeDriverOK.tally),
      (DevNoNotifyAfterReset.self, afterReset.tally),
      (VQResetDevNoNotify.self, vqReset.tally),
      (SuspendDevNoNotify.self, suspended.tally),
      (SuspendDevNoConfigIRQ.self, suspendedConfig.tally),
      (DevNotifyOnChange.self, onChange.tally),
      (SuspendDevConfigIRQOnResume.self, onResume.tally),
      (DevNeedsResetConfigIRQ.self, needsReset.tally),
    ]
  }
}
