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
  private var noChangeBeforeUsed = PackedDrvNoChangeBeforeUsed()
  private var noChangeAfterAvail = PackedDrvNoChangeAfterAvailable()
  private var idOutstanding = PackedUsedOutstanding()
  private var writeInCompletionOrder = PackedUsedInPlace()
  private var devNoWriteReadable = PackedDevNoWriteReadable()
  private var flagsReserved = PackedEventRule<PackedEventFlagsReserved>()
  private var needsFeature = PackedEventRule<PackedEventNeedsFeature>()
  private var reservedZero = PackedEventRule<PackedEventReservedZero>()
  private var kickRequired = OwedNotificationRule<PackedKickRequired>()
  private var noKickWhenDisabled = NeedlessNotificationRule<PackedNoKickWhenDisabled>()
  private var nextOffWrap = PackedKickPosition()
  private var listLimit = PackedLimitRule<PackedListLimit>()
  private var tableLimit = PackedLimitRule<PackedTableLimit>()
  private var enoughSpace = PackedEnoughSpace()
  private var firstLast = PackedFirstLast()
  private var zeroInit = PackedZeroInit()
  private var availableBits = PackedAvailableBits()
  private var usedBits = PackedUsedBits()
  private var useOnlyAvailable = PackedUseOnlyAvailable()
  private var noChangeAfterUsed = PackedDevNoChangeAfterUsed()
  private var interruptRequired = OwedNotificationRule<PackedInterruptRequired>()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .bufferAvailable: judgeList(step, in: session, &out)
    case .bufferUsed:
      out.run(&idOutstanding, step, session)
      out.run(&writeInCompletionOrder, step, session)
      out.run(&devNoWriteReadable, step, session)
      out.run(&usedBits, step, session)
      out.run(&useOnlyAvailable, step, session)
      out.run(&noChangeBeforeUsed, step, session)
      out.run(&noChangeAfterAvail, step, session)
      out.run(&enoughSpace, step, session)
    case .bitsWrong:
      out.run(&availableBits, step, session)
      out.run(&usedBits, step, session)
    case .descriptorChanged:
      out.run(&noChangeAfterAvail, step, session)
      out.run(&noChangeAfterUsed, step, session)
    case .descriptorRewritten:
      out.run(&noChangeBeforeUsed, step, session)
    case .usedElsewhere:
      out.run(&writeInCompletionOrder, step, session)
    case .usedEarly:
      out.run(&useOnlyAvailable, step, session)
    case .listPartial:
      out.run(&firstLast, step, session)
    case .ringNotZero:
      out.run(&zeroInit, step, session)
    case .bufferChanged:
      out.run(&devNoWriteReadable, step, session)
    case .historyLost:
      out.run(&idOutstanding, step, session)
      out.run(&writeInCompletionOrder, step, session)
      out.run(&usedBits, step, session)
      out.run(&availableBits, step, session)
      out.run(&useOnlyAvailable, step, session)
      out.run(&noChangeBeforeUsed, step, session)
      out.run(&noChangeAfterAvail, step, session)
      out.run(&noChangeAfterUsed, step, session)
      out.run(&enoughSpace, step, session)
      out.run(&nextOffWrap, step, session)
    case .driverEvent, .deviceEvent:
      out.run(&flagsReserved, step, session)
      out.run(&needsFeature, step, session)
      out.run(&reservedZero, step, session)
      out.run(&idOutstanding, step, session)
      out.run(&writeInCompletionOrder, step, session)
    case .kick:
      out.run(&kickRequired, step, session)
      out.run(&noKickWhenDisabled, step, session)
      out.run(&nextOffWrap, step, session)
      out.run(&firstLast, step, session)
      out.run(&idOutstanding, step, session)
      out.run(&writeInCompletionOrder, step, session)
    case .interrupt:
      out.run(&interruptRequired, step, session)
      out.run(&idOutstanding, step, session)
      out.run(&writeInCompletionOrder, step, session)
    default:
      // The rest is no step in a packed ring.
      break
    }
  }

  /// What a list is asked when it becomes available.
  private mutating func judgeList(
    _ step: Transaction, in session: Session, _ out: inout Verdicts
  ) {
    out.run(&lengthMultiple16, step, session)
    out.run(&requiresFeature, step, session)
    out.run(&onlyWriteFlag, step, session)
    out.run(&noIndirectInChain, step, session)
    out.run(&readableBeforeWritable, step, session)
    out.run(&maxQueueSize, step, session)
    out.run(&listLimit, step, session)
    out.run(&tableLimit, step, session)
    out.run(&enoughSpace, step, session)
    out.run(&firstLast, step, session)
    out.run(&bufferIDUnique, step, session)
    out.run(&availableBits, step, session)
    out.run(&idOutstanding, step, session)
    out.run(&useOnlyAvailable, step, session)
    out.run(&writeInCompletionOrder, step, session)
    out.run(&nextOffWrap, step, session)
  }

  mutating func conclude(_ session: Session, end: SessionEnd, _ out: inout Verdicts) {
    out.end(&kickRequired, session, end)
    out.end(&idOutstanding, session, end)
    out.end(&writeInCompletionOrder, session, end)
    out.end(&nextOffWrap, session, end)
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
      (PackedDrvNoChangeBeforeUsed.self, noChangeBeforeUsed.tally),
      (PackedDrvNoChangeAfterAvailable.self, noChangeAfterAvail.tally),
      (PackedUsedOutstanding.self, idOutstanding.tally),
      (PackedUsedInPlace.self, writeInCompletionOrder.tally),
      (PackedDevNoWriteReadable.self, devNoWriteReadable.tally),
      (PackedEventRule<PackedEventFlagsReserved>.self, flagsReserved.tally),
      (PackedEventRule<PackedEventNeedsFeature>.self, needsFeature.tally),
      (PackedEventRule<PackedEventReservedZero>.self, reservedZero.tally),
      (OwedNotificationRule<PackedKickRequired>.self, kickRequired.tally),
      (NeedlessNotificationRule<PackedNoKickWhenDisabled>.self, noKickWhenDisabled.tally),
      (PackedKickPosition.self, nextOffWrap.tally),
      (PackedLimitRule<PackedListLimit>.self, listLimit.tally),
      (PackedLimitRule<PackedTableLimit>.self, tableLimit.tally),
      (PackedEnoughSpace.self, enoughSpace.tally),
      (PackedFirstLast.self, firstLast.tally),
      (PackedZeroInit.self, zeroInit.tally),
      (PackedAvailableBits.self, availableBits.tally),
      (PackedUsedBits.self, usedBits.tally),
      (PackedUseOnlyAvailable.self, useOnlyAvailable.tally),
      (PackedDevNoChangeAfterUsed.self, noChangeAfterUsed.tally),
      (OwedNotificationRule<PackedInterruptRequired>.self, interruptRequired.tally),
    ]
  }
}
