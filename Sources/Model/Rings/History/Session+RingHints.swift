import VirtioSpec

extension Session {
  /// What does not move on in the rings of `queue` at the time `now` (nanoseconds).
  public func hints(of queue: Int32, now: Int64) -> [RingHint] {
    guard let ring = ring(queue) else { return [] }
    guard ring.isLive else { return ring.signs.endedHints }
    var hints = ring.hints(now: now)
    if let hint = untaken(ring, now) { hints.append(hint) }
    for place in hints.indices
    where hints[place].kind == .stalled || hints[place].kind == .stoppedAtWrap {
      hints[place].text += whereabouts(of: ring)
    }
    return hints
  }

  // MARK: Requests that wait

  /// In which queue requests wait, and which queues the device serves meanwhile.
  private func whereabouts(of ring: RingState) -> String {
    var text = ""
    switch virtqueueName(ring.queue) {
    case .named(let name):
      text = "; the queue is \(name)"
      // Nothing but a mistake about which queue is which puts a request there.
      if name.contains("receiveq") { text += ", into which a device only writes" + controlQueue }
    case .absent: text = "; with the accepted features the device has no virtqueue of this number"
    case .unknown: break
    }
    let served = rings.first {
      $0.isLive && $0.queue != ring.queue && ring.lastKick < $0.lastUsed
    }
    if let served { text += "; meanwhile it used chains of \(title(served.queue))" }
    return text
  }

  /// Where a network device has its control virtqueue, behind all pairs that it has and not behind
  /// those in use.
  ///
  /// Spec: 5.1.2.
  private var controlQueue: String {
    guard profile.type == .net else { return "" }
    let pairs = configFields().first { $0.name == "max_virtqueue_pairs" }.flatMap { Int32($0.text) }
    guard let pairs, virtqueueName(2 &* pairs) == .named("controlq") else { return "" }
    return ", and the controlq is queue \(2 &* pairs), behind \(pairs) pairs"
  }

  /// The queue for a person, by its number, its name and its vector.
  private func title(_ index: Int32) -> String {
    var facts: [String] = []
    if case .named(let name) = virtqueueName(index) { facts.append(name) }
    if let vector = queue(index)?.vector, vector >= 0, vector != 0xffff {
      facts.append("vector \(vector)")
    }
    return "queue \(index)" + (facts.isEmpty ? "" : " (\(facts.joined(separator: ", ")))")
  }

  // MARK: Completions that nobody takes

  /// Completions of which the driver gives no sign that it took them.
  ///
  /// An idle driver gives none of the last ones either, unless it says in `used_event` where it
  /// stands. Without that, two forms show: a queue whose descriptors are all spent while the driver
  /// goes on in another, and an acknowledgement that may have wiped out a notification.
  private func untaken(_ ring: RingState, _ now: Int64) -> RingHint? {
    let count = ring.chains.usedCount &- ring.chains.takenCount
    guard count > 0, ring.isComplete, !ring.layout.isPacked, ring.isUsedKnown,
      ring.seenUsed == ring.usedIndex, status.contains(.driverOK), !suspension.requested.isSet,
      ring.lastAvailable < ring.lastUsed, ring.hasWaited(ring.lastUsed, now),
      // Else the recording does not show what the driver did since.
      !ring.driverIsSampled, !ring.signs.driverIsFound,
      // Else it is the device that did not tell.
      interrupts == 0 || !ring.interruptOwed.isSet
    else { return nil }
    let other = rings.first {
      $0.isLive && $0.queue != ring.queue && $0.chains.takenCount > 0
        && ring.lastUsed < $0.lastAvailable
    }
    guard let reason = standingEvent(ring, other) ?? spent(ring, other) ?? wiped(ring) else {
      return nil
    }
    return RingHint(
      kind: .untaken, reference: ring.lastUsed,
      text: reason + lastInterrupt(of: ring)
        + (other.map { ", while the driver took chains of \(title($0.queue)) back" } ?? ""))
  }

  /// `used_event` stands behind the used index, though not behind what the driver took.
  private func standingEvent(_ ring: RingState, _ other: RingState?) -> String? {
    guard ring.layout.hasEventIndex, let event = ring.usedEvent else { return nil }
    let behind = UInt64(ring.usedIndex &- event)
    let count = ring.chains.usedCount &- ring.chains.takenCount
    // Others write it when they make more available, or never: a driver that polls.
    let movesIt = ring.signs.movesEventAlone || count > 1 && other?.signs.movesEventAlone == true
    guard movesIt, behind > 0, behind <= count, behind <= UInt64(ring.layout.size) else {
      return nil
    }
    return "the used index went to \(ring.usedIndex), used_event has stood at \(event) since record"
      + " \(ring.driverEventAt.record), and the driver made nothing available again that was used"
      + " behind it"
  }

  /// No descriptor is left that was not used, and none was made available again.
  private func spent(_ ring: RingState, _ other: RingState?) -> String? {
    guard !ring.layout.hasEventIndex, other != nil, ring.chains.takenCount == 0,
      ring.chains.usedCount > 1, let flags = ring.availableFlags, flags & 1 == 0
    else { return nil }
    let taken = ring.chains.untakenRingCount &+ ring.chains.ringCount
    guard taken <= ring.layout.size, ring.layout.size &- taken < ring.chains.smallestRingCount
    else { return nil }
    return "the device used \(ring.chains.usedCount) chains, the driver made none of them available"
      + " again, and \(ring.layout.size &- taken) of \(ring.layout.size) descriptors are left"
  }

  /// MMIO: the used index moved while an interrupt was handled, and the acknowledgement came last.
  private func wiped(_ ring: RingState) -> String? {
    guard !ring.layout.hasEventIndex, ring.availableFlags.map({ $0 & 1 == 0 }) ?? true,
      events.handlesFirst, movedWhileHandled(ring)
    else { return nil }
    return "the used index went to \(ring.usedIndex), and the driver made nothing available since"
  }

  /// MMIO: what was used last came between an interrupt that the driver saw and its acknowledgement,
  /// which is of both then.
  private func movedWhileHandled(_ ring: RingState) -> Bool {
    profile.transport == .mmio && events.lastRead < ring.lastUsed
      && events.lastRead.isSet && ring.lastUsed < events.lastAcknowledgement
  }

  private func lastInterrupt(of ring: RingState) -> String {
    if movedWhileHandled(ring) {
      return "; the index moved between the last interrupt (InterruptStatus read at record"
        + " \(events.lastRead.record)) and its acknowledgement (InterruptACK at record"
        + " \(events.lastAcknowledgement.record)), which acknowledged both"
    }
    if profile.transport == .mmio, events.lastRead.isSet {
      return "; InterruptStatus was last read at record \(events.lastRead.record)"
    }
    let last = ring.lastInterrupt
    return last.isSet
      ? "; the last interrupt for it is record \(last.record)" : "; no interrupt was recorded"
  }
}
