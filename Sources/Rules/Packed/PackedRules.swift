import Model

/// Rules about packed queues, and which steps each one sees.
struct PackedRules: Area {
  private var lengthMultiple16 = ChainFaultRule<PackedLengthMultiple16>()
  private var requiresFeature = ChainFaultRule<PackedRequiresFeature>()
  private var onlyWriteFlag = ChainFaultRule<OnlyWriteFlag>()
  private var noIndirectInChain = ChainFaultRule<NoIndirectInChain>()
  private var readableBeforeWritable = ChainFaultRule<PackedReadableBeforeWritable>()
  private var maxQueueSize = ChainFaultRule<PackedMaxQueueSize>()
  private var bufferIDUnique = BufferIDUnique()
  private var noChangeBeforeUsed = DrvNoChangeBeforeUsed()
  private var noChangeAfterAvail = DrvNoChangeAfterAvail()
  private var idOutstanding = PackedIDOutstanding()
  private var writeInCompletionOrder = DevWriteInCompletionOrder()
  private var devNoWriteReadable = PackedDevNoWriteReadable()
  private var flagsReserved = EventFlagsReserved()
  private var needsFeature = EventNeedsFeature()
  private var reservedZero = EventReservedZero()
  private var kickRequired = OwedNotificationRule<PackedKickRequired>()
  private var noKickWhenDisabled = NeedlessNotificationRule<PackedNoKickWhenDisabled>()
  private var nextOffWrap = KickNextOffWrap()
  private var interruptRequired = OwedNotificationRule<PackedInterruptRequired>()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .bufferAvailable:
      out.run(&lengthMultiple16, step, session)
      out.run(&requiresFeature, step, session)
      out.run(&onlyWriteFlag, step, session)
      out.run(&noIndirectInChain, step, session)
      out.run(&readableBeforeWritable, step, session)
      out.run(&maxQueueSize, step, session)
      out.run(&bufferIDUnique, step, session)
      out.run(&noChangeBeforeUsed, step, session)
      out.run(&noChangeAfterAvail, step, session)
    case .descriptorChanged:
      out.run(&noChangeBeforeUsed, step, session)
      out.run(&noChangeAfterAvail, step, session)
      out.run(&writeInCompletionOrder, step, session)
    case .bufferUsed:
      out.run(&idOutstanding, step, session)
      out.run(&writeInCompletionOrder, step, session)
      out.run(&devNoWriteReadable, step, session)
    case .bufferChanged:
      out.run(&devNoWriteReadable, step, session)
    case .driverEvent, .deviceEvent:
      out.run(&flagsReserved, step, session)
      out.run(&needsFeature, step, session)
      out.run(&reservedZero, step, session)
    case .kick:
      out.run(&kickRequired, step, session)
      out.run(&noKickWhenDisabled, step, session)
      out.run(&nextOffWrap, step, session)
    case .interrupt:
      out.run(&interruptRequired, step, session)
    default:
      // The rest is no step in a packed ring.
      break
    }
  }

  mutating func conclude(_ session: Session, end: SessionEnd, _ out: inout Verdicts) {
    out.end(&kickRequired, session, end)
    out.end(&interruptRequired, session, end)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (ChainFaultRule<PackedLengthMultiple16>.self, lengthMultiple16.tally),
      (ChainFaultRule<PackedRequiresFeature>.self, requiresFeature.tally),
      (ChainFaultRule<OnlyWriteFlag>.self, onlyWriteFlag.tally),
      (ChainFaultRule<NoIndirectInChain>.self, noIndirectInChain.tally),
      (ChainFaultRule<PackedReadableBeforeWritable>.self, readableBeforeWritable.tally),
      (ChainFaultRule<PackedMaxQueueSize>.self, maxQueueSize.tally),
      (BufferIDUnique.self, bufferIDUnique.tally),
      (DrvNoChangeBeforeUsed.self, noChangeBeforeUsed.tally),
      (DrvNoChangeAfterAvail.self, noChangeAfterAvail.tally),
      (PackedIDOutstanding.self, idOutstanding.tally),
      (DevWriteInCompletionOrder.self, writeInCompletionOrder.tally),
      (PackedDevNoWriteReadable.self, devNoWriteReadable.tally),
      (EventFlagsReserved.self, flagsReserved.tally),
      (EventNeedsFeature.self, needsFeature.tally),
      (EventReservedZero.self, reservedZero.tally),
      (OwedNotificationRule<PackedKickRequired>.self, kickRequired.tally),
      (NeedlessNotificationRule<PackedNoKickWhenDisabled>.self, noKickWhenDisabled.tally),
      (KickNextOffWrap.self, nextOffWrap.tally),
      (OwedNotificationRule<PackedInterruptRequired>.self, interruptRequired.tally),
    ]
  }
}
