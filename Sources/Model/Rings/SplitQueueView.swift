/// The two rings of a split queue as they stand, with the indexes read once.
///
/// Rings and buffers stay where they are; each entry is read when it is asked for.
///
/// Spec: 2.7.
public struct SplitQueueView: Sendable {
  public let layout: QueueLayout
  public let availableFlags: UInt16
  /// Where the driver puts the next head.
  public let availableIndex: UInt16
  public let usedFlags: UInt16
  /// Where the device puts the next used element.
  public let usedIndex: UInt16
  /// Memory holds the used index.
  public let isUsedHeld: Bool
  /// Nil where EVENT_IDX was not negotiated or the field is not in memory.
  public let usedEvent: UInt16?
  public let availableEvent: UInt16?

  /// Reads flags and indexes; nil when they are not in memory.
  ///
  /// The used index is read before the available one, a guest that runs meanwhile can make the
  /// difference too large, never negative; and both before any entry, which is then one that they
  /// announced.
  ///
  /// - Parameter usedIndex: the used index where memory does not hold it, as for a device that has
  ///   not used anything since the recording began; its flags then count as 0.
  public init?(
    _ layout: QueueLayout, in memory: borrowing some GuestMemory & ~Copyable,
    usedIndex known: UInt16? = nil
  ) {
    let isBig = layout.isBigEndian
    memory.refresh()
    let heldIndex = memory.word(at: layout.deviceArea &+ 2, bigEndian: isBig)
    guard 1...32768 ~= layout.size,
      let usedFlags = memory.word(at: layout.deviceArea, bigEndian: isBig) ?? known.map({ _ in 0 }),
      let usedIndex = heldIndex ?? known
    else { return nil }
    isUsedHeld = heldIndex != nil
    memory.refresh()
    guard
      let availableFlags = memory.word(at: layout.driverArea, bigEndian: isBig),
      let availableIndex = memory.word(at: layout.driverArea &+ 2, bigEndian: isBig)
    else { return nil }
    self.layout = layout
    self.usedFlags = usedFlags
    self.usedIndex = usedIndex
    self.availableFlags = availableFlags
    self.availableIndex = availableIndex
    memory.refresh()
    let size = UInt64(layout.size)
    usedEvent =
      layout.hasEventIndex
      ? memory.word(at: layout.driverArea &+ 4 &+ 2 &* size, bigEndian: isBig) : nil
    availableEvent =
      layout.hasEventIndex
      ? memory.word(at: layout.deviceArea &+ 4 &+ 8 &* size, bigEndian: isBig) : nil
  }

  /// Chains that are available and not used: more than the size is a fault.
  public var pendingCount: UInt16 { availableIndex &- usedIndex }

  /// Whether both indexes still stand where they stood when the view was made.
  public func isStable(in memory: borrowing some GuestMemory & ~Copyable) -> Bool {
    let isBig = layout.isBigEndian
    memory.refresh()
    return (!isUsedHeld || memory.word(at: layout.deviceArea &+ 2, bigEndian: isBig) == usedIndex)
      && memory.word(at: layout.driverArea &+ 2, bigEndian: isBig) == availableIndex
  }

  /// The slot of a ring index.
  public func slot(of position: UInt16) -> UInt16 {
    // Every legal size is a power of two, and a division costs as much as the rest of a short chain.
    let mask = layout.size &- 1
    let slot = layout.size & mask == 0 ? UInt32(position) & mask : UInt32(position) % layout.size
    return UInt16(truncatingIfNeeded: slot)
  }

  /// The head at ring index `position` of the available ring.
  public func head(
    at position: UInt16, in memory: borrowing some GuestMemory & ~Copyable
  ) -> UInt16? {
    memory.word(
      at: layout.driverArea &+ 4 &+ 2 &* UInt64(slot(of: position)), bigEndian: layout.isBigEndian)
  }

  /// Id of the element at ring index `position` of the used ring.
  public func usedID(
    at position: UInt16, in memory: borrowing some GuestMemory & ~Copyable
  ) -> UInt32? {
    memory.read(
      at: layout.deviceArea &+ 4 &+ 8 &* UInt64(slot(of: position)), bigEndian: layout.isBigEndian)
  }

  /// The chain that begins at descriptor `head`.
  @inline(__always)
  public func chain(_ head: UInt16) -> ChainWalk { ChainWalk(layout, head: head) }

  /// How many pending chains the device took, where EVENT_IDX lets it be inferred: devices set
  /// `avail_event` to what they took last, and it is believed where it lies between both indexes.
  /// With notifications off a device leaves it where it was, which then tells nothing.
  public var takenByEvent: UInt16? {
    guard let availableEvent else { return pendingCount == 0 ? 0 : nil }
    let taken = availableEvent &- usedIndex
    return taken <= pendingCount ? taken : pendingCount == 0 ? 0 : nil
  }
}
