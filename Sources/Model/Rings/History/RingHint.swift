/// Something about a queue that no clause forbids and that a person who looks for a fault wants to
/// know: what does not move on.
public struct RingHint: Sendable, Equatable {
  public var kind: Kind
  /// The record that it is about.
  public var reference: RecordReference
  /// Lower case, no final period.
  public var text: String

  public enum Kind: String, Sendable, CaseIterable {
    /// A chain does not come back while as many later ones as the queue holds did.
    case stuckChain
    /// Requests wait, the driver kicked, and the device does nothing.
    case stalled
    /// As `stalled`, where the used index stands at the end of its 16 bits.
    case stoppedAtWrap
    /// The device wrote a used entry and never published it.
    case unpublished
    /// The driver never moves `used_event`, or the device `avail_event`.
    case usedEventStands
    case availableEventStands
    /// The device wrote beyond the end of a buffer that it may write.
    case overrun
    /// Chains with room for an answer come back with length 0.
    case emptyAnswers
    /// The driver gives no sign that it took what the device used.
    case untaken
    /// Of chains with several buffers to write, the device only ever fills the first.
    case firstBufferOnly
  }

  /// Nanoseconds for which nothing may happen before it counts as standing still.
  static var patience: Int64 { 1_000_000_000 }
}

extension RingState {
  /// What this queue alone shows not to move on at the time `now` (nanoseconds).
  func hints(now: Int64) -> [RingHint] {
    [
      stuckChain(now), standstill(now), unpublished(now), usedEventStands, availableEventStands,
      emptyAnswers, overrun, firstBufferOnly,
    ].compactMap { $0 }
  }

  func hasWaited(_ since: RecordReference, _ now: Int64) -> Bool {
    since.isSet && now &- since.time >= RingHint.patience
  }

  private func stuckChain(_ now: Int64) -> RingHint? {
    guard let chain = oldest, hasWaited(chain.exposedAt, now), !isInOrder else { return nil }
    // Those that came back since it was made available and were made available after it.
    let younger = totals.available &- chain.order
    let overtaken =
      younger > UInt64(outstandingCount) ? younger &- UInt64(outstandingCount &- 1) : 0
    guard overtaken >= UInt64(layout.size) else { return nil }
    return RingHint(
      kind: .stuckChain, reference: chain.exposedAt,
      text: "chain \(chain.facts.id) (\(chain.facts.shape)) is still in flight while \(overtaken)"
        + " that were made available after it came back")
  }

  /// Requests: chains that the device has something to read of. A buffer that only waits to be
  /// filled may wait for ever.
  private func standstill(_ now: Int64) -> RingHint? {
    let request = firstOutstanding { chain, _ in chain.facts.readableCount > 0 }
    guard let request, request.exposedAt <= lastKick, lastUsed <= lastKick,
      hasWaited(lastKick, now)
    else { return nil }
    let stands = usedIndex == 0xffff || usedIndex == 0
    let isAtWrap = !layout.isPacked && totals.used >= 0xffff && stands
    let text =
      "chain \(request.facts.id) (\(request.facts.shape)) waits, the driver kicked, and the device"
      + " used nothing since"
    return RingHint(
      kind: isAtWrap ? .stoppedAtWrap : .stalled, reference: lastKick,
      text: isAtWrap ? text + "; the used index stands at \(usedIndex)" : text)
  }

  private func unpublished(_ now: Int64) -> RingHint? {
    guard hasWaited(signs.preparedAt, now) else { return nil }
    return RingHint(
      kind: .unpublished, reference: signs.preparedAt,
      text: "device wrote the entry of used index \(usedIndex) and does not publish it")
  }

  /// How far the other side must have gone before an event index that stands is worth a word.
  private var standing: UInt64 { max(2 * UInt64(layout.size), 256) }

  private var usedEventStands: RingHint? {
    guard let usedEvent, signs.usedEventMoves <= 1, totals.used >= standing else { return nil }
    return RingHint(
      kind: .usedEventStands, reference: lastUsed,
      text: "driver never moves used_event from \(usedEvent) while \(totals.used) chains were used")
  }

  private var availableEventStands: RingHint? {
    guard let availableEvent, signs.availableEventMoves <= 1, totals.available >= standing
    else { return nil }
    return RingHint(
      kind: .availableEventStands, reference: lastAvailable,
      text: "device never moves avail_event from \(availableEvent) while \(totals.available) chains"
        + " were made available")
  }

  private var overrun: RingHint? {
    guard signs.overrunCount > 0 else { return nil }
    return RingHint(
      kind: .overrun, reference: signs.firstOverrun,
      text: "device writes beyond the end of a buffer, \(signs.overrunCount) times, first of chain"
        + " \(signs.overrunID)")
  }

  private var emptyAnswers: RingHint? {
    guard signs.emptyAnswerCount > 0 else { return nil }
    return RingHint(
      kind: .emptyAnswers, reference: signs.firstEmptyAnswer,
      text: "device gives length 0 for \(signs.emptyAnswerCount) requests with room for an answer")
  }

  /// Completions after which it is no coincidence.
  private static var coincidence: UInt64 { 4 }

  private var firstBufferOnly: RingHint? {
    guard signs.firstBufferOnlyCount >= Self.coincidence,
      signs.firstBufferOnlyCount == signs.severalBuffersCount
    else { return nil }
    return RingHint(
      kind: .firstBufferOnly, reference: lastUsed,
      text:
        "all \(signs.firstBufferOnlyCount) chains with several buffers to write came back with the"
        + " length of the first")
  }
}
