extension QueueSnapshot {
  mutating func readPacked(
    in memory: borrowing some GuestMemory & ~Copyable, taken: UInt32?
  ) {
    guard let view = PackedQueueView(layout, in: memory) else {
      return missing(in: memory)
    }
    isReadable = true
    findGaps(in: memory)
    availableIndex = view.nextAvailable
    usedIndex = view.nextUsed
    availableWrap = view.availableWrap
    usedWrap = view.usedWrap
    availableFlags = view.driverEvent?.flags
    usedFlags = view.deviceEvent?.flags
    if layout.hasEventIndex {
      usedEvent = view.driverEvent?.offsetAndWrap
      availableEvent = view.deviceEvent?.offsetAndWrap
    }
    pendingCount = view.pendingSlots
    isCertain = view.isCertain && view.unclearSlot == nil
    inFlight = taken.map { min($0, pendingCount) } ?? view.takenByEvent
    if let slot = view.unclearSlot {
      faults.append(RingFault(.wrapUnclear, at: .descriptor(slot)))
    }
    collectPending(view, in: memory)
    free = layout.size - min(pendingCount, layout.size)
    judgeEvents(view)
    isStable = view.isStable(in: memory)
  }

  private mutating func collectPending(
    _ view: PackedQueueView, in memory: borrowing some GuestMemory & ~Copyable
  ) {
    var tables = RingTables(layout, in: memory)
    var room = Self.bufferLimit
    var slot = view.nextUsed
    var left = view.pendingSlots
    while left > 0, room > 0 {
      let chain = Self.collect(
        view.chain(slot), slot: slot, head: slot, room: &room, in: memory, through: &tables)
      pending.append(chain)
      (slot, left) = view.behind(chain.ringCount, at: slot, left: left)
    }
  }

  /// Whether an event was due at the last step of the other side; nil where memory cannot tell.
  private mutating func judgeEvents(_ view: PackedQueueView) {
    if let event = view.deviceEvent {
      switch event.mode {
      case 1: kickDue = false
      case 2 where event.offset < layout.size:
        let distance = (event.offset &+ layout.size &- view.nextUsed) % layout.size
        kickDue = distance < view.pendingSlots
      default:
        kickDue = view.pendingSlots == 0 ? false : inFlight.map { $0 < view.pendingSlots }
      }
    }
    guard let event = view.driverEvent else { return }
    switch event.mode {
    case 1: interruptDue = false
    case 2 where event.offset < layout.size:
      let place = position(event.offset, event.wrap)
      let next = position(view.nextUsed, view.usedWrap)
      let passed = (next &+ 2 &* layout.size &- place) % (2 &* layout.size)
      interruptDue = passed > 0 && passed <= layout.size
      used = passed <= layout.size ? passed : nil
    default: break
    }
  }

  /// A slot and its wrap counter as one number that goes round after two rounds.
  private func position(_ slot: UInt32, _ wrap: Bool) -> UInt32 {
    wrap ? slot : slot &+ layout.size
  }
}
