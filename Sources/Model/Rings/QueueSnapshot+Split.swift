extension QueueSnapshot {
  mutating func readSplit(
    in memory: borrowing some GuestMemory & ~Copyable, taken: UInt32?, usedIndex known: UInt16?,
    slots wantsSlots: Bool
  ) {
    guard let view = SplitQueueView(layout, in: memory, usedIndex: known) else {
      return missing(in: memory)
    }
    isReadable = true
    findGaps(in: memory)
    availableIndex = UInt32(view.availableIndex)
    usedIndex = UInt32(view.usedIndex)
    availableFlags = view.availableFlags
    usedFlags = view.isUsedHeld ? view.usedFlags : nil
    usedEvent = view.usedEvent
    availableEvent = view.availableEvent
    pendingCount = UInt32(view.pendingCount)
    var room = Self.bufferLimit
    if pendingCount > layout.size {
      faults.append(RingFault(.tooManyAvailable, at: .queue, value: UInt64(pendingCount)))
    } else {
      inFlight = taken.map { min($0, pendingCount) } ?? view.takenByEvent.map(UInt32.init)
      collectPending(view, room: &room, in: memory)
    }
    if wantsSlots { collectSlots(view, room: &room, in: memory) }
    checkUsed(view, in: memory)
    isStable = view.isStable(in: memory)
    if let event = view.usedEvent {
      let unseen = UInt32(view.usedIndex &- event)
      used = unseen <= layout.size ? unseen : nil
    }
    judgeEvents(view)
  }

  private mutating func collectPending(
    _ view: SplitQueueView, room: inout Int, in memory: borrowing some GuestMemory & ~Copyable
  ) {
    var tables = RingTables(layout, in: memory)
    let found = SplitPending(view, in: memory)
    isCertain = found.isCertain
    var isTaken = [Bool](repeating: false, count: Int(layout.size))
    var count: UInt32 = 0
    for position in found.positions {
      let slot = view.slot(of: position)
      guard let head = view.head(at: position, in: memory) else {
        faults.append(RingFault(.notBacked, at: .available(slot), value: layout.driverArea))
        continue
      }
      if head < layout.size {
        if isTaken[Int(head)] {
          faults.append(RingFault(.headTwice, at: .available(slot), value: UInt64(head)))
        }
        isTaken[Int(head)] = true
      } else {
        faults.append(RingFault(.headOutOfRange, at: .available(slot), value: UInt64(head)))
      }
      let chain = Self.collect(
        view.chain(head), slot: UInt32(slot), head: UInt32(head), room: &room, in: memory,
        through: &tables)
      count &+= chain.ringCount
      pending.append(chain)
    }
    free = layout.size - min(count, layout.size)
  }

  private mutating func collectSlots(
    _ view: SplitQueueView, room: inout Int, in memory: borrowing some GuestMemory & ~Copyable
  ) {
    var tables = RingTables(layout, in: memory)
    for slot in 0..<layout.size {
      let position = UInt16(truncatingIfNeeded: slot)
      guard let head = view.head(at: position, in: memory) else { continue }
      slots.append(
        Self.collect(
          view.chain(head), slot: slot, head: UInt32(head), room: &room, in: memory,
          through: &tables))
    }
  }

  /// Looks for ids that no descriptor has. Slots that were never written hold 0, which is one.
  private mutating func checkUsed(
    _ view: SplitQueueView, in memory: borrowing some GuestMemory & ~Copyable
  ) {
    for slot in 0..<layout.size {
      let position = UInt16(truncatingIfNeeded: slot)
      guard let id = view.usedID(at: position, in: memory), id >= layout.size else { continue }
      faults.append(RingFault(.usedOutOfRange, at: .used(position), value: UInt64(id)))
    }
  }

  /// Whether an event was due at the last step of the other side; nil where memory cannot tell.
  private mutating func judgeEvents(_ view: SplitQueueView) {
    let size = UInt16(truncatingIfNeeded: layout.size)
    if layout.hasEventIndex {
      if let event = view.availableEvent {
        let passed = view.availableIndex &- event
        kickDue = pendingCount > 0 && passed > 0 && passed <= size
      }
      if let event = view.usedEvent {
        let passed = view.usedIndex &- event
        interruptDue = passed > 0 && passed <= size
      }
      return
    }
    if !view.isUsedHeld {
      kickDue = nil
    } else if pendingCount == 0 || view.usedFlags & 1 != 0 {
      kickDue = false
    } else if let inFlight {
      kickDue = inFlight < pendingCount
    }
    if view.availableFlags & 1 != 0 { interruptDue = false }
  }
}
