import VirtioSpec

/// The rings of a session: state made of steps alone, like the rest of the session.
extension Session {
  /// Rings that a session follows, so that a hostile recording cannot fill memory.
  static var ringLimit: Int { 256 }

  /// What is known of the rings of `queue`; nil while no memory showed any of it.
  public func ring(_ queue: Int32) -> RingState? {
    // Not `first(where:)`, which copies each that it asks.
    for place in rings.indices where rings[place].queue == queue { return rings[place] }
    return nil
  }

  /// Where the rings of `queue` lie, without a copy of all that is known of them; nil while no memory
  /// showed any of it.
  public func ringLayout(_ queue: Int32) -> QueueLayout? {
    for place in rings.indices where rings[place].queue == queue { return rings[place].layout }
    return nil
  }

  /// Whether the rings of `queue` are packed; nil while no memory showed any of them.
  public func hasPackedRing(_ queue: Int32) -> Bool? { ringLayout(queue)?.isPacked }

  /// The position of the state of `queue`'s rings, made when new; nil where there can be none.
  mutating func ringPlace(of index: Int32) -> Int? {
    for place in rings.indices where rings[place].queue == index { return place }
    let queue = queue(index)
    guard index >= 0, rings.count < Self.ringLimit,
      let layout = queue.flatMap({ QueueLayout($0, of: self) }) ?? toldLayout(of: index),
      1...32768 ~= layout.size,
      // Where an IOMMU translates, these addresses are none of guest memory.
      !layout.mayBeTranslated || profile.isTranslated != .yes
    else { return nil }
    rings.append(
      RingState(
        queue: index, layout: layout, fromStart: queue?.enabledAt.isSet == true && isWhole))
    return rings.count - 1
  }

  /// Takes a step about a ring.
  mutating func applyRing(_ step: Transaction) {
    if step.isAdminStep {
      applyAdmin(step)
      return told.clear()
    }
    if step.isRequestStep {
      applyRequest(step)
      return told.clear()
    }
    guard let place = ringPlace(of: step.queue) else { return }
    if profile.transport == .mmio { events.applyRing(step) }
    rings[place].apply(step, told: told, isRunning: writtenStatus.contains(.driverOK))
    told.clear()
  }

  /// Lets the rings know of a notification in either direction.
  mutating func notifyRings(_ step: Transaction) {
    for place in rings.indices {
      let isOfQueue = rings[place].queue == step.queue
      if step.kind == .kick, isOfQueue { rings[place].kicked(step) }
      // An interrupt of unknown cause may be of any queue.
      if step.kind == .interrupt, step.index != 1, isOfQueue || step.queue < 0 {
        rings[place].interrupted(step)
      }
    }
  }

  /// Ends or restarts the rings of a queue that was disabled or enabled.
  mutating func followEnable(of queue: Queue) {
    guard let place = rings.firstIndex(where: { $0.queue == queue.index }) else { return }
    if !queue.isEnabled {
      let hints = hints(of: queue.index, now: lastRecord.time)
      rings[place].retire(hints)
      if hasAdmin { adminStates[0].abandon(queue.index, at: lastRecord) }
    } else if let layout = QueueLayout(queue, of: self), 1...32768 ~= layout.size {
      rings[place].restart(layout: layout)
    }
  }

  /// Ends all rings: the life is over, only totals are kept.
  mutating func retireRings() {
    for place in rings.indices {
      let hints = hints(of: rings[place].queue, now: lastRecord.time)
      rings[place].retire(hints)
    }
  }

  /// The next step that memory shows of the ring at `place`, nil when there is none.
  mutating func nextRingStep(
    _ place: Int, in memory: borrowing RecordedMemory, touched: inout RingFields,
    code: UInt32, at reference: RecordReference
  ) -> Transaction? {
    let isSnapshot = code == 0
    guard
      let change = rings[place].next(
        in: memory, touched: &touched, told: &told, isSnapshot: isSnapshot)
    else { return nil }
    var step = Transaction(
      change.kind, at: reference, value: change.value, queue: rings[place].queue,
      index: change.index)
    if change.isByDevice { step.traits.insert(.byDevice) }
    if !change.isKnown { step.traits.insert(.unknownValue) }
    // What another than its writer's look shows was written at some time before.
    if isSnapshot || change.isByDevice != (code == 2) { step.traits.insert(.fromSnapshot) }
    return step
  }
}
