internal import Wire

/// A difference between what memory shows and what a ring's state knows.
struct RingChange {
  var kind: Transaction.Kind
  var value: UInt64
  var index: UInt32 = 0
  var isKnown = true
  var isByDevice: Bool
}

/// Finds, one at a time, what memory shows and the state does not know yet.
///
/// Only the fields in `touched` are looked at, because the others may hold what they held in an
/// earlier life. The driver's part comes before the device's: where both are of one moment, what was
/// used had been available.
extension RingState {
  mutating func next(
    in memory: borrowing RecordedMemory, touched: inout RingFields, told: inout ToldChain,
    isSnapshot: Bool
  ) -> RingChange? {
    guard isLive, 1...32768 ~= layout.size else { return nil }
    if layout.isPacked {
      return nextPackedChange(in: memory, &touched, &told, isSnapshot: isSnapshot)
    }
    return nextAvailableChange(in: memory, &touched, &told, isSnapshot: isSnapshot)
      ?? nextUsedChange(in: memory, &touched)
  }

  // MARK: Split

  private func slot(of position: UInt16) -> UInt32 { UInt32(position) % layout.size }

  private func word(
    _ field: RingFields, at address: UInt64, in memory: borrowing RecordedMemory,
    _ touched: inout RingFields
  ) -> UInt16? {
    guard touched.contains(field) else { return nil }
    return memory.read(UInt16.self, at: address, bigEndian: layout.isBigEndian)
  }

  private func nextAvailableChange(
    in memory: borrowing RecordedMemory, _ touched: inout RingFields, _ told: inout ToldChain,
    isSnapshot: Bool
  ) -> RingChange? {
    let area = layout.driverArea
    if let new = word(.availableIndex, at: area &+ 2, in: memory, &touched),
      new != availableIndex || !isAvailableKnown
    {
      return RingChange(kind: .availableIndex, value: UInt64(new), isByDevice: false)
    }
    if isAvailableKnown, seenAvailable != availableIndex {
      return entry(in: memory, touched, &told, isSnapshot: isSnapshot)
    }
    touched.remove(.availableIndex)
    if let new = word(.availableFlags, at: area, in: memory, &touched), new != availableFlags {
      return RingChange(kind: .availableFlags, value: UInt64(new), isByDevice: false)
    }
    touched.remove(.availableFlags)
    let event = area &+ 4 &+ 2 &* UInt64(layout.size)
    if layout.hasEventIndex, let new = word(.usedEvent, at: event, in: memory, &touched),
      new != usedEvent
    {
      return RingChange(kind: .usedEvent, value: UInt64(new), isByDevice: false)
    }
    touched.remove(.usedEvent)
    return nil
  }

  /// The next entry of the available ring with its chain.
  private func entry(
    in memory: borrowing RecordedMemory, _ touched: RingFields, _ told: inout ToldChain,
    isSnapshot: Bool
  ) -> RingChange {
    let slot = slot(of: seenAvailable)
    told.clear()
    told.facts.slot = slot
    let head = memory.read(
      UInt16.self, at: layout.driverArea &+ 4 &+ 2 &* UInt64(slot), bigEndian: layout.isBigEndian)
    guard let head else {
      return RingChange(
        kind: .bufferAvailable, value: 0, index: slot, isKnown: false, isByDevice: false)
    }
    told.facts.head = UInt32(head)
    told.facts.id = UInt32(head)
    // What was used by the same moment may have been recycled before it was looked at.
    if !isSnapshot || !isUsed(head, by: touched, in: memory) {
      told.walk(ChainWalk(layout, head: head), in: memory)
    }
    return RingChange(kind: .bufferAvailable, value: UInt64(head), index: slot, isByDevice: false)
  }

  /// Whether the used index of the same look covers an entry with `head`.
  private func isUsed(
    _ head: UInt16, by touched: RingFields, in memory: borrowing RecordedMemory
  ) -> Bool {
    var touched = touched
    guard let end = word(.usedIndex, at: layout.deviceArea &+ 2, in: memory, &touched) else {
      return false
    }
    let count = end &- seenUsed
    // More than that is not worth the time: the chains count as used.
    guard count <= 1024, UInt32(count) <= layout.size else { return true }
    for back in 0..<count where usedEntry(seenUsed &+ back, in: memory)?.id == UInt32(head) {
      return true
    }
    return false
  }

  private func usedEntry(
    _ position: UInt16, in memory: borrowing RecordedMemory
  ) -> (id: UInt32, length: UInt32)? {
    let place = layout.deviceArea &+ 4 &+ 8 &* UInt64(slot(of: position))
    guard let id = memory.read(UInt32.self, at: place, bigEndian: layout.isBigEndian),
      let length = memory.read(UInt32.self, at: place &+ 4, bigEndian: layout.isBigEndian)
    else { return nil }
    return (id, length)
  }

  private func nextUsedChange(
    in memory: borrowing RecordedMemory, _ touched: inout RingFields
  ) -> RingChange? {
    let area = layout.deviceArea
    if let new = word(.usedIndex, at: area &+ 2, in: memory, &touched),
      new != usedIndex || !isUsedKnown
    {
      return RingChange(kind: .usedIndex, value: UInt64(new), isByDevice: true)
    }
    if isUsedKnown, seenUsed != usedIndex {
      let entry = usedEntry(seenUsed, in: memory)
      return RingChange(
        kind: .bufferUsed, value: UInt64(entry?.id ?? 0), index: entry?.length ?? 0,
        isKnown: entry != nil, isByDevice: true)
    }
    if touched.contains(.usedEntries), !touched.contains(.usedIndex), !signs.preparedAt.isSet,
      outstandingCount > 0
    {
      touched.remove(.usedEntries)
      return RingChange(kind: .usedEntryPrepared, value: UInt64(usedIndex), isByDevice: true)
    }
    touched.subtract([.usedIndex, .usedEntries])
    if let new = word(.usedFlags, at: area, in: memory, &touched), new != usedFlags {
      return RingChange(kind: .usedFlags, value: UInt64(new), isByDevice: true)
    }
    touched.remove(.usedFlags)
    let event = area &+ 4 &+ 8 &* UInt64(layout.size)
    if layout.hasEventIndex, let new = word(.availableEvent, at: event, in: memory, &touched),
      new != availableEvent
    {
      return RingChange(kind: .availableEvent, value: UInt64(new), isByDevice: true)
    }
    touched.remove(.availableEvent)
    return nil
  }

  // MARK: Packed

  private func descriptor(
    _ slot: UInt32, in memory: borrowing RecordedMemory
  ) -> RingDescriptor? {
    memory.packedDescriptor(
      at: layout.descriptors &+ 16 &* UInt64(slot), bigEndian: layout.isBigEndian)
  }

  private mutating func nextPackedChange(
    in memory: borrowing RecordedMemory, _ touched: inout RingFields, _ told: inout ToldChain,
    isSnapshot: Bool
  ) -> RingChange? {
    if touched.contains(.packedRing) {
      if isPlaceKnown {
        let change = nextList(in: memory, &told, isSnapshot: isSnapshot)
        if let change = change ?? nextUsedList(in: memory) { return change }
      } else if !isLossTold {
        return RingChange(kind: .historyLost, value: 0, isByDevice: false)
      }
      touched.remove(.packedRing)
    }
    if touched.contains(.driverEvent) {
      touched.remove(.driverEvent)
      if let new = event(at: layout.driverArea, in: memory), new != driverEvent {
        return RingChange(kind: .driverEvent, value: new.packed, isByDevice: false)
      }
    }
    if touched.contains(.deviceEvent) {
      touched.remove(.deviceEvent)
      if let new = event(at: layout.deviceArea, in: memory), new != deviceEvent {
        return RingChange(kind: .deviceEvent, value: new.packed, isByDevice: true)
      }
    }
    return nil
  }

  private func event(
    at address: UInt64, in memory: borrowing RecordedMemory
  ) -> PackedQueueView.Event? {
    let isBig = layout.isBigEndian
    guard let first = memory.read(UInt16.self, at: address, bigEndian: isBig),
      let second = memory.read(UInt16.self, at: address &+ 2, bigEndian: isBig)
    else { return nil }
    return PackedQueueView.Event(offsetAndWrap: first, flags: second)
  }

  /// The next list that the driver made available, when all of it is.
  private func nextList(
    in memory: borrowing RecordedMemory, _ told: inout ToldChain, isSnapshot: Bool
  ) -> RingChange? {
    guard pendingSlots < layout.size, let first = descriptor(nextAvailable, in: memory),
      first.flags.isAvailable(availableWrap)
    else { return nil }
    told.clear()
    told.facts.slot = nextAvailable
    told.facts.head = nextAvailable
    told.walk(ChainWalk(layout, slot: nextAvailable, wrap: availableWrap), in: memory)
    // A list of which the rest is not available yet is none yet.
    if told.isCut || told.fault(.chainNotAvailable) != nil {
      guard !told.isCut, !isSnapshot, partialSlot != nextAvailable else { return nil }
      told.clear()
      return RingChange(kind: .listPartial, value: 0, index: nextAvailable, isByDevice: false)
    }
    return RingChange(
      kind: .bufferAvailable, value: UInt64(told.facts.id), index: nextAvailable,
      isByDevice: false)
  }

  private func nextUsedList(in memory: borrowing RecordedMemory) -> RingChange? {
    guard pendingSlots > 0, let entry = descriptor(nextUsed, in: memory),
      entry.flags.contains(.available) == usedWrap, entry.flags.contains(.used) == usedWrap
    else { return nil }
    return RingChange(
      kind: .bufferUsed, value: UInt64(entry.link), index: entry.length, isByDevice: true)
  }
}
