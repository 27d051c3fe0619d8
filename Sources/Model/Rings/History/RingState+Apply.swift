extension RingState {
  /// Takes a step about this queue's rings.
  ///
  /// - Parameters:
  ///   - told: the chain, where the step makes one available.
  ///   - isRunning: DRIVER_OK is set, so that notifications are due.
  mutating func apply(_ step: Transaction, told: ToldChain, isRunning: Bool) {
    noteEvents(step)
    let isSeen = !step.traits.contains(.fromSnapshot)
    if isSeen, step.kind == .bufferUsed { isDeviceNoted = true }
    if !isSeen, !step.traits.contains(.byDevice) { signs.driverIsFound = true }
    switch step.kind {
    case .availableIndex: moveAvailable(step, isRunning: isRunning)
    case .bufferAvailable: expose(step, told, isRunning: isRunning)
    case .usedIndex: moveUsed(step)
    case .bufferUsed: use(step)
    case .availableFlags: availableFlags = UInt16(truncatingIfNeeded: step.value)
    case .usedFlags: usedFlags = UInt16(truncatingIfNeeded: step.value)
    case .usedEvent:
      usedEvent = UInt16(truncatingIfNeeded: step.value)
      signs.usedEventMoves &+= 1
    case .availableEvent:
      availableEvent = UInt16(truncatingIfNeeded: step.value)
      signs.availableEventMoves &+= 1
    case .bufferChanged where step.index == 2:
      signs.overrunCount &+= 1
      if !signs.firstOverrun.isSet {
        signs.firstOverrun = step.reference
        signs.overrunID = UInt32(truncatingIfNeeded: step.value)
      }
    case .usedEntryPrepared: signs.preparedAt = step.reference
    case .driverEvent: driverEvent = PackedQueueView.Event(packed: step.value)
    case .deviceEvent: deviceEvent = PackedQueueView.Event(packed: step.value)
    case .listPartial: partialSlot = step.index
    case .usedEarly:
      usedEarly = (step.index, step.reference)
      isComplete = false
    case .historyLost: lose()
    default: break
    }
  }

  private mutating func noteEvents(_ step: Transaction) {
    switch step.kind {
    case .availableFlags, .usedEvent, .driverEvent: driverEventAt = step.reference
    case .usedFlags, .availableEvent, .deviceEvent:
      deviceEventAt = step.reference
      if !step.traits.contains(.fromSnapshot), step.reference.time != lastUsed.time {
        seesDeviceEvents = true
      }
    default: break
    }
  }

  /// Whether the step from `old` to `new` passes `event`.
  ///
  /// Spec: 2.7.7.2 and 2.7.10.1.
  public static func passes(_ event: UInt16, from old: UInt16, to new: UInt16) -> Bool {
    new &- event &- 1 < new &- old
  }

  /// Whether making entries up to `new` available demands a kick; nil where memory did not show.
  public func demandsKick(to new: UInt16) -> Bool? {
    layout.hasEventIndex
      ? availableEvent.map { Self.passes($0, from: availableIndex, to: new) }
      : usedFlags.map { $0 & 1 == 0 }
  }

  /// Whether publishing used entries up to `new` demands an interrupt; nil where memory did not
  /// show.
  public func demandsInterrupt(to new: UInt16) -> Bool? {
    layout.hasEventIndex
      ? usedEvent.map { Self.passes($0, from: usedIndex, to: new) }
      : availableFlags.map { $0 & 1 == 0 }
  }

  /// Packed: whether a step over `count` slots from `slot` demands a notification by `event`; nil
  /// where memory did not show, or the mode is the reserved one.
  public func demands(
    _ event: PackedQueueView.Event?, slot: UInt32, wrap: Bool, count: UInt32
  ) -> Bool? {
    guard let event else { return nil }
    switch event.mode {
    case 0: return true
    case 1: return false
    case 2:
      guard event.offset < layout.size else { return nil }
      // Slots are numbered over two rounds, as the wrap counter tells them apart.
      let from = wrap ? slot : slot &+ layout.size
      let at = event.wrap ? event.offset : event.offset &+ layout.size
      return (at &+ 2 &* layout.size &- from) % (2 &* layout.size) < count
    default: return nil
    }
  }

  private mutating func moveAvailable(_ step: Transaction, isRunning: Bool) {
    let new = UInt16(truncatingIfNeeded: step.value)
    guard isAvailableKnown else {
      isAvailableKnown = true
      availableIndex = new
      seenAvailable = new
      return
    }
    let moved = new &- availableIndex
    if isRunning, demandsKick(to: new) == true, !kickOwed.isSet {
      kickOwed = step.reference
      kickOwedCount = totals.available &+ UInt64(moved)
    }
    noteEventAlone(step, gap: Self.eventGap)
    availableIndex = new
    lastAvailable = step.reference
    let isTooFar = isUsedKnown && UInt32(new &- usedIndex) > layout.size
    if UInt32(new &- seenAvailable) > layout.size || isTooFar {
      // Entries were overwritten before they could be seen, or are none of a working queue.
      seenAvailable = new
      isComplete = false
    }
  }

  private mutating func moveUsed(_ step: Transaction) {
    let new = UInt16(truncatingIfNeeded: step.value)
    if step.traits.contains(.fromSnapshot), new != usedIndex { sawUsedSnapshot = true }
    guard isUsedKnown else {
      isUsedKnown = true
      usedIndex = new
      seenUsed = new
      return
    }
    if demandsInterrupt(to: new) == true, !interruptOwed.isSet { interruptOwed = step.reference }
    noteEventAlone(step, gap: 0)
    usedIndex = new
    lastUsed = step.reference
    signs.preparedAt = .none
    if UInt32(new &- seenUsed) > layout.size {
      seenUsed = new
      isComplete = false
    }
  }

  /// Nanoseconds from an event index to the next chain after which it was not written for that chain.
  private static var eventGap: Int64 { 1_000_000 }

  /// Notes an event index that was moved behind what was used last, at a step that tells that it was
  /// for no chain: another one is used, or made available much later.
  private mutating func noteEventAlone(_ step: Transaction, gap: Int64) {
    guard layout.hasEventIndex, !signs.movesEventAlone, signs.usedEventMoves > 1,
      lastAvailable < lastUsed,
      lastUsed < driverEventAt
    else { return }
    signs.movesEventAlone = step.reference.time &- driverEventAt.time >= gap
  }

  private mutating func expose(_ step: Transaction, _ told: ToldChain, isRunning: Bool) {
    let id = UInt32(truncatingIfNeeded: step.value)
    totals.available &+= 1
    totals.readableBytes &+= told.facts.readableBytes
    lastAvailable = step.reference
    if layout.isPacked {
      let count = told.facts.ringCount
      let event = demands(deviceEvent, slot: nextAvailable, wrap: availableWrap, count: count)
      let isSeen = !step.traits.contains(.fromSnapshot)
      if isSeen, isRunning, event == true, !kickOwed.isSet {
        kickOwed = step.reference
        kickOwedCount = totals.available
      }
      // It runs over what the device owns.
      if count > layout.size &- pendingSlots { isComplete = false }
      advance(&nextAvailable, &availableWrap, by: count)
      partialSlot = nil
      usedEarly = nil
      pendingSlots = min(pendingSlots &+ count, layout.size)
    } else {
      seenAvailable &+= 1
    }
    guard step.hasValue else {
      isComplete = false
      return
    }
    // Two buffers of one id: what comes back is either.
    if outstanding(id) != nil { isComplete = false }
    chains.expose(
      told, id: id, at: step.reference, isTimed: !step.traits.contains(.fromSnapshot),
      order: totals.available)
    totals.inFlight = outstandingCount
    totals.maxInFlight = max(totals.maxInFlight, outstandingCount)
  }

  private mutating func use(_ step: Transaction) {
    let id = UInt32(truncatingIfNeeded: step.value)
    lastUsed = step.reference
    totals.writtenBytes &+= UInt64(step.index)
    if let chain = outstanding(id) {
      if let time = chain.latency(to: step) { totals.latency.record(UInt64(time)) }
      if step.index == 0, chain.facts.writableBytes > 0, chain.facts.readableCount > 0 {
        signs.emptyAnswerCount &+= 1
        if !signs.firstEmptyAnswer.isSet { signs.firstEmptyAnswer = step.reference }
      }
      // A byte of status behind one buffer is the usual answer of a block device.
      if step.hasValue, chain.facts.isWalked,
        chain.facts.writableBytes > UInt64(chain.facts.firstWritableBytes) &+ 1
      {
        signs.severalBuffersCount &+= 1
        let extra = step.index &- chain.facts.firstWritableBytes
        if extra <= 1, chain.facts.firstWritableBytes > 0 { signs.firstBufferOnlyCount &+= 1 }
      }
      if let oldest, oldest.order < chain.order, !isInOrder {
        totals.outOfOrder &+= 1
      }
    }
    let back =
      step.hasValue
      ? chains.use(id, length: step.index, at: step.reference, inOrder: isInOrder) : nil
    let (count, slots) = back ?? (1, 1)
    if back == nil { isComplete = false }
    totals.used &+= UInt64(count)
    totals.inFlight = outstandingCount
    if layout.isPacked {
      let wanted = demands(driverEvent, slot: nextUsed, wrap: usedWrap, count: slots)
      if wanted == true, !interruptOwed.isSet { interruptOwed = step.reference }
      advance(&nextUsed, &usedWrap, by: slots)
      pendingSlots = pendingSlots > slots ? pendingSlots &- slots : 0
    } else {
      seenUsed &+= UInt16(truncatingIfNeeded: count)
    }
    if kickOwed.isSet, totals.used >= kickOwedCount { kickOwed = .none }
  }

  private func advance(_ slot: inout UInt32, _ wrap: inout Bool, by count: UInt32) {
    guard layout.size > 0 else { return }
    let next = slot &+ min(count, layout.size)
    if next >= layout.size { wrap.toggle() }
    slot = next % layout.size
  }

  /// Takes a kick of the queue.
  mutating func kicked(_ step: Transaction) {
    if lastAvailable.isSet, lastAvailable.time == step.reference.time { driverIsSampled = true }
    lastKick = step.reference
    kickOwed = .none
  }

  /// Takes an interrupt that is of the queue, or may be.
  mutating func interrupted(_ step: Transaction) {
    lastInterrupt = step.reference
    interruptOwed = .none
  }

  /// Packed: begins anew at the places that memory itself shows, where the history was lost.
  mutating func resume(_ view: PackedQueueView) {
    nextAvailable = view.nextAvailable
    availableWrap = view.availableWrap
    nextUsed = view.nextUsed
    usedWrap = view.usedWrap
    pendingSlots = view.pendingSlots
    isComplete = false
    chains = RingChains(size: layout.size)
  }
}

extension PackedQueueView.Event {
  /// From the value of a transaction: the flags in bits 16 to 31, offset and wrap counter below.
  init(packed value: UInt64) {
    self.init(
      offsetAndWrap: UInt16(truncatingIfNeeded: value),
      flags: UInt16(truncatingIfNeeded: value >> 16))
  }

  /// The value of a transaction.
  var packed: UInt64 { UInt64(flags) << 16 | UInt64(offsetAndWrap) }
}
