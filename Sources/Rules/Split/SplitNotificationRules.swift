import Model

/// Rules about the notifications of split queues, and which steps each one sees.
struct SplitNotificationRules: Area {
  private var kickWhenFlagClear = OwedNotificationRule<KickWhenFlagClear>()
  private var kickAtAvailEvent = OwedNotificationRule<KickAtAvailEvent>()
  private var kickIgnoresFlags = OwedNotificationRule<KickIgnoresFlags>()
  private var interruptWhenFlagClear = OwedNotificationRule<InterruptWhenFlagClear>()
  private var interruptAtUsedEvent = OwedNotificationRule<InterruptAtUsedEvent>()
  private var interruptIgnoresFlags = OwedNotificationRule<InterruptIgnoresFlags>()
  private var noKickWhenFlagSet = NeedlessNotificationRule<NoKickWhenFlagSet>()
  private var noKickOtherwise = NeedlessNotificationRule<NoKickOtherwise>()
  private var noInterruptWhenFlagSet = NeedlessNotificationRule<NoInterruptWhenFlagSet>()
  private var noInterruptOtherwise = NeedlessNotificationRule<NoInterruptOtherwise>()
  private var devSpurious = KickDevSpurious()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .kick:
      out.run(&kickWhenFlagClear, step, session)
      out.run(&kickAtAvailEvent, step, session)
      out.run(&kickIgnoresFlags, step, session)
      out.run(&noKickWhenFlagSet, step, session)
      out.run(&noKickOtherwise, step, session)
      out.run(&devSpurious, step, session)
    case .interrupt:
      out.run(&interruptWhenFlagClear, step, session)
      out.run(&interruptAtUsedEvent, step, session)
      out.run(&interruptIgnoresFlags, step, session)
      out.run(&noInterruptWhenFlagSet, step, session)
      out.run(&noInterruptOtherwise, step, session)
    case .bufferAvailable, .readStatus:
      out.run(&devSpurious, step, session)
    default:
      // What the other side wants is part of the state of the ring.
      break
    }
  }

  mutating func conclude(_ session: Session, end: SessionEnd, _ out: inout Verdicts) {
    out.end(&kickWhenFlagClear, session, end)
    out.end(&kickAtAvailEvent, session, end)
    out.end(&kickIgnoresFlags, session, end)
    out.end(&interruptWhenFlagClear, session, end)
    out.end(&interruptAtUsedEvent, session, end)
    out.end(&interruptIgnoresFlags, session, end)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (OwedNotificationRule<KickWhenFlagClear>.self, kickWhenFlagClear.tally),
      (OwedNotificationRule<KickAtAvailEvent>.self, kickAtAvailEvent.tally),
      (OwedNotificationRule<KickIgnoresFlags>.self, kickIgnoresFlags.tally),
      (OwedNotificationRule<InterruptWhenFlagClear>.self, interruptWhenFlagClear.tally),
      (OwedNotificationRule<InterruptAtUsedEvent>.self, interruptAtUsedEvent.tally),
      (OwedNotificationRule<InterruptIgnoresFlags>.self, interruptIgnoresFlags.tally),
      (NeedlessNotificationRule<NoKickWhenFlagSet>.self, noKickWhenFlagSet.tally),
      (NeedlessNotificationRule<NoKickOtherwise>.self, noKickOtherwise.tally),
      (NeedlessNotificationRule<NoInterruptWhenFlagSet>.self, noInterruptWhenFlagSet.tally),
      (NeedlessNotificationRule<NoInterruptOtherwise>.self, noInterruptOtherwise.tally),
      (KickDevSpurious.self, devSpurious.tally),
    ]
  }
}
