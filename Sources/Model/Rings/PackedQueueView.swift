internal import Wire

/// The descriptor ring of a packed queue as it stands, with the places of both sides inferred.
///
/// Memory does not hold where driver and device stand, nor their wrap counters. Every slot that the
/// driver wrote in its current round carries its wrap counter in AVAIL, and so does every used
/// descriptor that the device wrote over one of them; the slots behind still carry that of the
/// round before. So the one place where AVAIL changes is the driver's next slot (none: it is slot 0
/// and the driver just wrapped). A second change means a driver caught writing, or one that lost
/// count.
///
/// The device writes one used descriptor for a whole chain and skips the rest, which goes on to
/// look available. Its next slot is therefore sought from the driver's backward: the nearest used
/// descriptor, then the rest of its chain when that ends with the id that was used. An indirect
/// descriptor is a chain by itself. A lone slot with that id may be either; the descriptor before
/// tells whether chains of one slot are the habit, and `isCertain` is false.
///
/// Spec: 2.8.1, 2.8.6, 2.8.21.
public struct PackedQueueView: Sendable {
  public let layout: QueueLayout
  /// The driver's next slot, and its wrap counter there.
  public private(set) var nextAvailable: UInt32 = 0
  public private(set) var availableWrap = true
  /// The device's next slot for a used descriptor, and its wrap counter there.
  public private(set) var nextUsed: UInt32 = 0
  public private(set) var usedWrap = true
  /// Slots from the device's next one to the driver's.
  public private(set) var pendingSlots: UInt32 = 0
  /// Memory leaves no other reading.
  public private(set) var isCertain = true
  /// The slot at which AVAIL changes a second time.
  public private(set) var unclearSlot: UInt32?
  /// The driver's event suppression (interrupts) and the device's (kicks), as far as in memory.
  public private(set) var driverEvent: Event?
  public private(set) var deviceEvent: Event?
  /// A digest of all slots, which every step of either side changes.
  private var digest: UInt64 = 0

  /// An event suppression structure.
  public struct Event: Sendable, BitwiseCopyable, Equatable {
    /// Offset, with the wrap counter in bit 15.
    public var offsetAndWrap: UInt16
    public var flags: UInt16
    /// 0 enable, 1 disable, 2 at one descriptor.
    public var mode: UInt16 { flags & 3 }
    public var offset: UInt32 { UInt32(offsetAndWrap & 0x7fff) }
    public var wrap: Bool { offsetAndWrap & 0x8000 != 0 }
  }

  /// Reads the ring's flags; nil when any of them is not in memory.
  ///
  /// The flags are read before anything else of a descriptor, which is then what they announced.
  public init?(_ layout: QueueLayout, in memory: borrowing some GuestMemory & ~Copyable) {
    guard 1...32768 ~= layout.size else { return nil }
    self.layout = layout
    memory.refresh()
    driverEvent = Self.event(at: layout.driverArea, layout, memory)
    deviceEvent = Self.event(at: layout.deviceArea, layout, memory)
    guard findDriver(in: memory, RingTables(layout, in: memory)) else { return nil }
    memory.refresh()
    findDevice(in: memory, RingTables(layout, in: memory))
  }

  private static func event(
    at address: UInt64, _ layout: QueueLayout, _ memory: borrowing some GuestMemory & ~Copyable
  ) -> Event? {
    guard let first = memory.word(at: address, bigEndian: layout.isBigEndian),
      let second = memory.word(at: address &+ 2, bigEndian: layout.isBigEndian)
    else { return nil }
    return Event(offsetAndWrap: first, flags: second)
  }

  /// Whether neither side made a step since the view was made.
  ///
  /// Both places may come round to where they were, and after two rounds the flags with them;
  /// addresses, lengths and ids seldom do.
  public func isStable(in memory: borrowing some GuestMemory & ~Copyable) -> Bool {
    guard let again = PackedQueueView(layout, in: memory) else { return false }
    return again.nextAvailable == nextAvailable && again.nextUsed == nextUsed
      && again.availableWrap == availableWrap && again.usedWrap == usedWrap
      && again.digest == digest
  }

  /// The descriptor in `slot`.
  public func descriptor(
    _ slot: UInt32, in memory: borrowing some GuestMemory & ~Copyable
  ) -> RingDescriptor? {
    memory.packedDescriptor(
      at: layout.descriptors &+ 16 &* UInt64(slot), bigEndian: layout.isBigEndian)
  }

  @inline(__always)
  private func descriptor(
    _ slot: UInt32, in memory: borrowing some GuestMemory & ~Copyable,
    _ tables: borrowing RingTables
  ) -> RingDescriptor? {
    if let descriptor = tables.descriptor(slot, layout) { return descriptor }
    return descriptor(slot, in: memory)
  }

  private mutating func findDriver(
    in memory: borrowing some GuestMemory & ~Copyable, _ tables: borrowing RingTables
  ) -> Bool {
    guard let first = descriptor(0, in: memory, tables) else { return false }
    let bit = first.flags.contains(.available)
    var border: UInt32?
    digest(first)
    for slot in stride(from: 1, to: layout.size, by: 1) {
      guard let next = descriptor(slot, in: memory, tables) else { return false }
      digest(next)
      let isSame = next.flags.contains(.available) == bit
      if border == nil, !isSame { border = slot }
      if border != nil, isSame, unclearSlot == nil { unclearSlot = slot }
    }
    nextAvailable = border ?? 0
    availableWrap = border == nil ? !bit : bit
    return true
  }

  /// Takes a descriptor into the digest; products do not wait for one another.
  @inline(__always)
  private mutating func digest(_ descriptor: RingDescriptor) {
    let rest =
      UInt64(descriptor.length) << 32 | UInt64(descriptor.link) << 16
      | UInt64(descriptor.flags.rawValue)
    let product = (descriptor.address &* 0x100_0000_01b3 ^ rest) &* 0x9e37_79b9_7f4a_7c15
    digest = (digest << 9 | digest >> 55) &+ product
  }

  /// Whether the device or nobody wrote `slot` last: both bits are alike.
  @inline(__always)
  private func isUsed(
    _ slot: UInt32, in memory: borrowing some GuestMemory & ~Copyable,
    _ tables: borrowing RingTables
  ) -> Bool {
    guard let flags = descriptor(slot, in: memory, tables)?.flags else { return false }
    return flags.contains(.available) == flags.contains(.used)
  }

  /// The slot `count` before another; both are at most the size, so that no division is needed.
  private func before(_ slot: UInt32, by count: UInt32) -> UInt32 {
    slot >= count ? slot &- count : slot &+ layout.size &- count
  }

  private mutating func findDevice(
    in memory: borrowing some GuestMemory & ~Copyable, _ tables: borrowing RingTables
  ) {
    var run: UInt32 = 0
    while run < layout.size, !isUsed(before(nextAvailable, by: run &+ 1), in: memory, tables) {
      run &+= 1
    }
    if run == layout.size {
      // Nothing used anywhere: a ring full of available chains, or one whose only mark was
      // skipped over, which cannot be told apart.
      pendingSlots = run
    } else {
      let mark = before(nextAvailable, by: run &+ 1)
      pendingSlots = run &- rest(of: mark, run: run, in: memory, tables)
    }
    nextUsed = before(nextAvailable, by: pendingSlots)
    let isThisRound =
      pendingSlots == 0 || pendingSlots < layout.size && nextUsed < nextAvailable
    usedWrap = isThisRound ? availableWrap : !availableWrap
  }

  /// How many slots behind the used descriptor in `mark` are the rest of its chain.
  private mutating func rest(
    of mark: UInt32, run: UInt32, in memory: borrowing some GuestMemory & ~Copyable,
    _ tables: borrowing RingTables
  ) -> UInt32 {
    guard run > 0, let used = descriptor(mark, in: memory) else { return 0 }
    // A slot that nobody wrote since the ring was zeroed.
    if used == RingDescriptor(address: 0, length: 0, flags: [], link: 0) { return 0 }
    for length in 1...run {
      let slot = (mark &+ length) % layout.size
      guard let next = descriptor(slot, in: memory) else { return 0 }
      if next.flags.contains(.next) { continue }
      if next.flags.contains(.indirect) || next.link != used.link { return 0 }
      guard length == 1 else { return length }
      isCertain = false
      return isUsed(before(mark, by: 1), in: memory, tables) ? 0 : 1
    }
    return 0
  }

  /// The chain that begins in `slot`, which lies among the pending ones.
  @inline(__always)
  public func chain(_ slot: UInt32) -> ChainWalk {
    ChainWalk(layout, slot: slot, wrap: wrap(at: slot))
  }

  /// The driver's wrap counter when it made pending `slot` available.
  @inline(__always)
  func wrap(at slot: UInt32) -> Bool {
    // Slots before the driver's next one were written in its current round.
    slot < nextAvailable ? availableWrap : !availableWrap
  }

  /// How many pending slots the device took, where EVENT_IDX lets it be inferred, as for a split
  /// queue.
  public var takenByEvent: UInt32? {
    if pendingSlots == 0 { return 0 }
    guard layout.hasEventIndex, let deviceEvent, deviceEvent.mode == 2,
      deviceEvent.offset < layout.size
    else { return nil }
    let taken = (deviceEvent.offset &+ layout.size &- nextUsed) % layout.size
    return taken <= pendingSlots ? taken : nil
  }
}
