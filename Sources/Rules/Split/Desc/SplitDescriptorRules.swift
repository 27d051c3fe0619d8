import Model

/// Rules about the descriptors and indirect tables of split queues, and which steps each one sees.
struct SplitDescriptorRules: Area {
  private var readableBeforeWritable = ChainFaultRule<ReadableBeforeWritable>()
  private var nextInRange = ChainFaultRule<NextInRange>()
  private var noLoop = ChainFaultRule<NoLoop>()
  private var inOrderNext = ChainFaultRule<InOrderNext>()
  private var lengthMultiple16 = ChainFaultRule<LengthMultiple16>()
  private var requiresFeature = ChainFaultRule<RequiresFeature>()
  private var noNested = ChainFaultRule<NoNested>()
  private var noNextWithIndirect = ChainFaultRule<NoNextWithIndirect>()
  private var inOrderSequential = ChainFaultRule<InOrderSequential>()
  private var headInRange = ChainFaultRule<HeadInRange>()
  private var chainMax4GiB = ChainMax4GiB()
  private var chainMaxQueueSize = ChainMaxQueueSize()
  private var noExcessive = NoExcessive()
  private var inOrderFromZero = InOrderFromZero()
  private var devNoWriteTable = DevNoWriteTable()
  private var devNoWriteReadable = SplitDevNoWriteReadable()
  private var ignoreWriteFlag = TableChainRule<IgnoreWriteFlag>()
  private var mixedChain = TableChainRule<MixedChain>()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .bufferAvailable:
      out.run(&readableBeforeWritable, step, session)
      out.run(&nextInRange, step, session)
      out.run(&noLoop, step, session)
      out.run(&inOrderNext, step, session)
      out.run(&lengthMultiple16, step, session)
      out.run(&requiresFeature, step, session)
      out.run(&noNested, step, session)
      out.run(&noNextWithIndirect, step, session)
      out.run(&inOrderSequential, step, session)
      out.run(&headInRange, step, session)
      out.run(&chainMax4GiB, step, session)
      out.run(&chainMaxQueueSize, step, session)
      out.run(&noExcessive, step, session)
      out.run(&inOrderFromZero, step, session)
      out.run(&ignoreWriteFlag, step, session)
      out.run(&mixedChain, step, session)
    case .bufferUsed:
      out.run(&devNoWriteTable, step, session)
      out.run(&devNoWriteReadable, step, session)
      out.run(&ignoreWriteFlag, step, session)
      out.run(&mixedChain, step, session)
    case .descriptorChanged:
      out.run(&devNoWriteTable, step, session)
    case .bufferChanged:
      out.run(&devNoWriteReadable, step, session)
    case .readStatus:
      out.run(&ignoreWriteFlag, step, session)
      out.run(&mixedChain, step, session)
    default:
      // Chains are judged when they are made available, and when somebody writes to them.
      break
    }
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (ChainFaultRule<ReadableBeforeWritable>.self, readableBeforeWritable.tally),
      (ChainFaultRule<NextInRange>.self, nextInRange.tally),
      (ChainFaultRule<NoLoop>.self, noLoop.tally),
      (ChainFaultRule<InOrderNext>.self, inOrderNext.tally),
      (ChainFaultRule<LengthMultiple16>.self, lengthMultiple16.tally),
      (ChainFaultRule<RequiresFeature>.self, requiresFeature.tally),
      (ChainFaultRule<NoNested>.self, noNested.tally),
      (ChainFaultRule<NoNextWithIndirect>.self, noNextWithIndirect.tally),
      (ChainFaultRule<InOrderSequential>.self, inOrderSequential.tally),
      (ChainFaultRule<HeadInRange>.self, headInRange.tally),
      (ChainMax4GiB.self, chainMax4GiB.tally),
      (ChainMaxQueueSize.self, chainMaxQueueSize.tally),
      (NoExcessive.self, noExcessive.tally),
      (InOrderFromZero.self, inOrderFromZero.tally),
      (DevNoWriteTable.self, devNoWriteTable.tally),
      (SplitDevNoWriteReadable.self, devNoWriteReadable.tally),
      (TableChainRule<IgnoreWriteFlag>.self, ignoreWriteFlag.tally),
      (TableChainRule<MixedChain>.self, mixedChain.tally),
    ]
  }
}
