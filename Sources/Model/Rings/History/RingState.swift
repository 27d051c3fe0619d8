/// What a session knows of one queue's rings, made of the steps that told of them.
///
/// A rule sees it as it was before the step: the indexes, flags and events as they last stood, the
/// chains that are outstanding, and which notifications are owed.
///
/// Spec: 2.7 and 2.8.
public struct RingState: Sendable {
  /// The virtqueue's number.
  public let queue: Int32
  public private(set) var layout: QueueLayout
  /// IN_ORDER was negotiated: a used chain stands for all that were made available before it.
  public var isInOrder: Bool { layout.isInOrder }
  /// Everything since the queue was enabled is known; else ids, counts and places are those of what
  /// was seen.
  public internal(set) var isComplete: Bool
  /// The queue was reset, disabled or its device reset: nothing in its rings means anything.
  public internal(set) var isLive = true

  // MARK: Split

  /// The indexes as last published; meaningful where known.
  public internal(set) var availableIndex: UInt16 = 0
  public internal(set) var usedIndex: UInt16 = 0
  public internal(set) var isAvailableKnown: Bool
  public internal(set) var isUsedKnown: Bool
  /// Up to which ring index the entries themselves were told.
  public internal(set) var seenAvailable: UInt16 = 0
  public internal(set) var seenUsed: UInt16 = 0
  /// Nil while no record showed them.
  public internal(set) var availableFlags: UInt16?
  public internal(set) var usedFlags: UInt16?
  public internal(set) var usedEvent: UInt16?
  public internal(set) var availableEvent: UInt16?

  // MARK: Packed

  /// The next slot of each side, and its wrap counter there.
  public internal(set) var nextAvailable: UInt32 = 0
  public internal(set) var availableWrap = true
  public internal(set) var nextUsed: UInt32 = 0
  public internal(set) var usedWrap = true
  /// Slots from the device's next one to the driver's.
  public internal(set) var pendingSlots: UInt32 = 0
  public internal(set) var driverEvent: PackedQueueView.Event?
  public internal(set) var deviceEvent: PackedQueueView.Event?
  /// Both places are known; else the slots tell nothing.
  public internal(set) var isPlaceKnown: Bool
  /// The device used this slot where nothing was known to be available.
  public internal(set) var usedEarly: (slot: UInt32, at: RecordReference)?
  /// The list at the driver's next slot began before its rest was available.
  var partialSlot: UInt32?
  private(set) var isLossTold = false

  // MARK: Both

  /// What the device writes is recorded as it writes it.
  public internal(set) var isDeviceNoted = false
  public internal(set) var chains: RingChains {
    get { parts.value.chains }
    _modify { yield &parts.value.chains }
  }
  public internal(set) var totals: RingTotals {
    get { parts.value.totals }
    _modify { yield &parts.value.totals }
  }
  var signs: RingSigns {
    get { parts.value.signs }
    _modify { yield &parts.value.signs }
  }
  private var parts: Shared<Parts>

  /// What is large: rules have a copy of the state made at every step.
  private struct Parts: Sendable {
    var chains: RingChains
    var totals = RingTotals()
    var signs = RingSigns()
  }

  /// When the driver last made a chain available, and the device last used one.
  public internal(set) var lastAvailable = RecordReference.none
  public internal(set) var lastUsed = RecordReference.none
  public internal(set) var lastKick = RecordReference.none
  public internal(set) var lastInterrupt = RecordReference.none
  /// The first step since the last kick after which the driver had to kick, and how many chains had
  /// been made available with it.
  public internal(set) var kickOwed = RecordReference.none
  public internal(set) var kickOwedCount: UInt64 = 0
  /// The first step since the last interrupt after which the device had to interrupt.
  public internal(set) var interruptOwed = RecordReference.none

  /// The recorder notes what the driver writes only when it kicks, so that its event index and flags
  /// may have been others in between.
  public internal(set) var driverIsSampled = false
  /// The recorder notes the device's event index and flags when they change, not only with the used
  /// index.
  public internal(set) var seesDeviceEvents = false
  /// When the driver's and the device's side last changed event index, flags or suppression structure.
  public internal(set) var driverEventAt = RecordReference.none
  public internal(set) var deviceEventAt = RecordReference.none
  /// How often the queue was enabled anew in this life.
  public internal(set) var restarts: UInt32 = 0
  /// A used index is known from a snapshot alone, so that chains may have come back earlier than the
  /// recording tells.
  public internal(set) var sawUsedSnapshot = false

  /// - Parameter fromStart: the history begins with the queue being enabled.
  init(queue: Int32, layout: QueueLayout, fromStart: Bool) {
    self.queue = queue
    self.layout = layout
    isComplete = fromStart
    isPlaceKnown = fromStart || !layout.isPacked
    isAvailableKnown = fromStart || layout.isPacked
    isUsedKnown = fromStart || layout.isPacked
    parts = Shared(Parts(chains: RingChains(size: layout.size)))
  }

  /// Chains that the driver made available and the device did not use, by the indexes; nil where
  /// they are not known. More than the size is a fault.
  public var pendingCount: UInt16? {
    isAvailableKnown && isUsedKnown ? availableIndex &- usedIndex : nil
  }

  /// Calls `body` with the chains themselves.
  func lendChains<Result>(_ body: (borrowing RingChains) -> Result) -> Result {
    parts.lend { body($0.chains) }
  }

  /// Whether a descriptor of the ring belongs to a chain that the device owns.
  ///
  /// In a packed ring these are the slots between the two sides, whatever chain they began as: a
  /// chain that was overtaken by another's used descriptor goes on without its slots.
  public func isInUse(_ descriptor: UInt32) -> Bool {
    guard layout.isPacked else { return owner(of: descriptor) != nil }
    let place = (descriptor &+ layout.size &- nextUsed) % layout.size
    return descriptor < layout.size && place < pendingSlots
  }

  /// Split: whether the entry in `slot` of the available or used ring was published and may not be
  /// written again yet.
  ///
  /// A driver may prepare as many entries behind its index as descriptors are free, a device as many
  /// as chains are pending; what lies beyond that, counted backward, is what it published.
  public func isPublished(_ slot: UInt32, inUsedRing: Bool) -> Bool {
    guard isComplete, let pending = pendingCount, pending <= layout.size, slot < layout.size
    else { return false }
    let next = UInt32(inUsedRing ? usedIndex : availableIndex) % layout.size
    let ahead = (slot &+ layout.size &- next) % layout.size
    let back = layout.size &- ahead
    if !inUsedRing { return back <= pending }
    return ahead >= pending && UInt64(back) <= totals.used && !isInOrder
  }

  /// Begins anew when the queue is enabled again: everything but the totals.
  mutating func restart(layout: QueueLayout) {
    let (oldTotals, oldHints, oldRestarts) = (totals, signs.endedHints, restarts)
    let wasNoted = isDeviceNoted
    self = RingState(queue: queue, layout: layout, fromStart: true)
    totals = oldTotals
    restarts = oldRestarts &+ 1
    signs.endedHints = oldHints
    isDeviceNoted = wasNoted
    totals.inFlight = 0
  }

  /// Packed: whether a slot that the device owns, or else one that the driver may write next, is of
  /// a round with the wrap counter 1.
  public func wrap(of slot: UInt32) -> Bool {
    if isInUse(slot) { return slot >= nextUsed ? usedWrap : !usedWrap }
    return slot >= nextAvailable ? availableWrap : !availableWrap
  }

  /// Packed: the places of both sides are lost.
  mutating func lose() {
    isComplete = false
    isPlaceKnown = false
    isLossTold = true
    pendingSlots = 0
    chains = RingChains(size: layout.size)
    kickOwed = .none
    interruptOwed = .none
  }

  /// Ends: chains are nobody's any more, and the room for them is given back.
  ///
  /// - Parameter hints: what stands still then.
  mutating func retire(_ hints: [RingHint]) {
    guard isLive else { return }
    signs.endedHints = hints
    isLive = false
    isComplete = false
    chains = RingChains(size: 0)
    kickOwed = .none
    interruptOwed = .none
  }
}
