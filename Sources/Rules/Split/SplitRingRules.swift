import Model

/// Rules about the available and the used ring of split queues, and which steps each one sees.
struct SplitRingRules: Area {
  private var headNotInFlight = HeadNotInFlight()
  private var outstandingMax = OutstandingMax()
  private var idxStartZero = IdxStartZero()
  private var idxNoDecrement = IdxNoDecrement()
  private var availFlags = AvailFlagsZeroOrOne()
  private var availFlagsEvent = AvailFlagsZeroEventIdx()
  private var usedFlags = UsedFlagsZeroOrOne()
  private var usedFlagsEvent = UsedFlagsZeroEventIdx()
  private var idWasAvailable = IDWasAvailable()
  private var idxMonotonic = IdxMonotonic()
  private var lenBeforeIdx = LenBeforeIdx()
  private var lenCovered = LenCovered()
  private var dataBeforeIdx = SplitDataBeforeIdx()
  private var initFlagsZero = DrvInitFlagsZero()
  private var barrierBeforeIdx = BarrierBeforeIdx()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .bufferAvailable:
      out.run(&headNotInFlight, step, session)
      out.run(&idWasAvailable, step, session)
      out.run(&barrierBeforeIdx, step, session)
    case .availableIndex:
      out.run(&outstandingMax, step, session)
      out.run(&idxStartZero, step, session)
      out.run(&idxNoDecrement, step, session)
      out.run(&idxMonotonic, step, session)
    case .availableFlags:
      out.run(&availFlags, step, session)
      out.run(&availFlagsEvent, step, session)
      out.run(&idWasAvailable, step, session)
    case .usedFlags:
      out.run(&usedFlags, step, session)
      out.run(&usedFlagsEvent, step, session)
      out.run(&initFlagsZero, step, session)
    case .bufferUsed:
      out.run(&idWasAvailable, step, session)
      out.run(&lenBeforeIdx, step, session)
      out.run(&lenCovered, step, session)
      out.run(&dataBeforeIdx, step, session)
    case .usedEvent, .kick:
      out.run(&idWasAvailable, step, session)
    case .usedIndex:
      out.run(&idWasAvailable, step, session)
      out.run(&idxMonotonic, step, session)
    case .usedEntryChanged:
      out.run(&lenBeforeIdx, step, session)
    case .bufferChanged:
      out.run(&dataBeforeIdx, step, session)
    case .availableEntryChanged:
      out.run(&barrierBeforeIdx, step, session)
    default:
      // The rest is about descriptors or notifications.
      break
    }
  }

  mutating func conclude(_ session: Session, end: SessionEnd, _ out: inout Verdicts) {
    out.end(&idWasAvailable, session, end)
    out.end(&idxMonotonic, session, end)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (HeadNotInFlight.self, headNotInFlight.tally),
      (OutstandingMax.self, outstandingMax.tally),
      (IdxStartZero.self, idxStartZero.tally),
      (IdxNoDecrement.self, idxNoDecrement.tally),
      (AvailFlagsZeroOrOne.self, availFlags.tally),
      (AvailFlagsZeroEventIdx.self, availFlagsEvent.tally),
      (UsedFlagsZeroOrOne.self, usedFlags.tally),
      (UsedFlagsZeroEventIdx.self, usedFlagsEvent.tally),
      (IDWasAvailable.self, idWasAvailable.tally),
      (IdxMonotonic.self, idxMonotonic.tally),
      (LenBeforeIdx.self, lenBeforeIdx.tally),
      (LenCovered.self, lenCovered.tally),
      (SplitDataBeforeIdx.self, dataBeforeIdx.tally),
      (DrvInitFlagsZero.self, initFlagsZero.tally),
      (BarrierBeforeIdx.self, barrierBeforeIdx.tally),
    ]
  }
}
