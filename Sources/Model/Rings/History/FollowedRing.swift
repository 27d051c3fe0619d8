internal import Wire

/// A queue whose rings are followed: where they lie, and what of them a look touched.
struct FollowedRing: Sendable {
  let device: Int32
  let session: Int
  let queue: Int32
  let layout: QueueLayout
  /// The record that enabled the queue: another one makes it another ring.
  let enabledAt: RecordReference
  let descriptorRange: ClosedRange<UInt64>
  let driverRange: ClosedRange<UInt64>
  let deviceRange: ClosedRange<UInt64>
  var content = RingContent.opaque
  /// Bytes of the header of a network device's packets.
  var netHeader = 0
  /// Packets of a network device may come in several buffers, of which the first alone has a header.
  var mergesPackets = false
  var touched: RingFields = []
  /// Packed: what the device wrote in this look, and the slots where it used a list.
  private var written: [SlotChange] = []
  private var used: [UInt32] = []
  private var nextWritten = 0

  private static var slotLimit: Int { 64 }

  /// Fails where an area wraps or the size is none of a queue.
  init?(device: Int32, session: Int, queue: Queue, layout: QueueLayout) {
    guard layout.check({ _ in }) else { return nil }
    self.device = device
    self.session = session
    self.queue = queue.index
    self.layout = layout
    enabledAt = queue.enabledAt
    let size = UInt64(layout.size)
    let lengths = layout.isPacked ? (16 * size, 4, 4) : (16 * size, 6 + 2 * size, 6 + 8 * size)
    descriptorRange = layout.descriptors...layout.descriptors &+ (lengths.0 - 1)
    driverRange = layout.driverArea...layout.driverArea &+ (lengths.1 - 1)
    deviceRange = layout.deviceArea...layout.deviceArea &+ (lengths.2 - 1)
  }

  /// All three areas.
  var ranges: [ClosedRange<UInt64>] { [descriptorRange, driverRange, deviceRange] }

  func address(of slot: UInt32) -> UInt64 { layout.descriptors &+ 16 &* UInt64(slot) }

  func isSame(as other: FollowedRing) -> Bool {
    device == other.device && session == other.session && queue == other.queue
      && layout == other.layout && enabledAt == other.enabledAt
  }

  func overlaps(_ record: MemoryRecord) -> Bool {
    record.overlap(with: descriptorRange) != nil || record.overlap(with: driverRange) != nil
      || record.overlap(with: deviceRange) != nil
  }

  /// Notes which fields the record covers any byte of.
  mutating func touch(_ record: MemoryRecord) {
    if layout.isPacked {
      if record.overlap(with: descriptorRange) != nil { touched.insert(.packedRing) }
      if record.overlap(with: driverRange) != nil { touched.insert(.driverEvent) }
      if record.overlap(with: deviceRange) != nil { touched.insert(.deviceEvent) }
      return
    }
    let size = UInt64(layout.size)
    touch(record, layout.driverArea, .availableFlags)
    touch(record, layout.driverArea &+ 2, .availableIndex)
    touch(record, layout.driverArea &+ 4 &+ 2 &* size, .usedEvent)
    touch(record, layout.deviceArea, .usedFlags)
    touch(record, layout.deviceArea &+ 2, .usedIndex)
    touch(record, layout.deviceArea &+ 4 &+ 8 &* size, .availableEvent)
    if record.isByDevice, record.overlaps(layout.deviceArea &+ 4, count: 8 &* size) {
      touched.insert(.usedEntries)
    }
  }

  private mutating func touch(_ record: MemoryRecord, _ address: UInt64, _ field: RingFields) {
    if record.overlaps(address, count: 2) { touched.insert(field) }
  }

  /// Which area a write to a ring that ended concerns, if it has the shape of the device's own: the
  /// used ring's index, flags or entries, or a descriptor of a packed ring.
  func ringWrite(_ record: MemoryRecord) -> UInt32? {
    let length = record.last &- record.first &+ 1
    if layout.isPacked {
      guard let overlap = record.overlap(with: descriptorRange), length <= 16,
        overlap == record.first...record.last
      else { return nil }
      return 0
    }
    guard let overlap = record.overlap(with: deviceRange), length <= 8,
      overlap == record.first...record.last
    else { return nil }
    return 2
  }

  // MARK: What a device wrote into a packed ring

  mutating func deviceWrote(_ change: SlotChange) {
    if written.count < Self.slotLimit, !written.contains(where: { $0.slot == change.slot }) {
      written.append(change)
    }
  }

  /// Notes where a list was used.
  mutating func noteUsed(_ slot: UInt32) {
    if layout.isPacked, used.count < Self.slotLimit { used.append(slot) }
  }

  /// The next slot that the device wrote in this look and where it used nothing.
  mutating func strayWrite() -> SlotChange? {
    while nextWritten < written.count {
      let change = written[nextWritten]
      nextWritten += 1
      if !used.contains(change.slot), used.count < Self.slotLimit { return change }
    }
    return nil
  }

  /// What a write of the device means that used no list where it was due; nil where nothing.
  func step(
    of written: SlotChange, _ state: RingState, in memory: borrowing RecordedMemory,
    at reference: RecordReference
  ) -> Transaction? {
    let slot = written.slot
    let new = memory.packedDescriptor(at: address(of: slot), bigEndian: layout.isBigEndian)
    guard layout.isPacked, state.isLive, state.isPlaceKnown, let new,
      let kind = written.deviceDeed(now: new, state)
    else { return nil }
    let value: UInt16 =
      switch kind {
      case .usedElsewhere, .usedEarly, .descriptorChanged: new.link
      case .bitsWrong: new.flags.rawValue
      default: 0
      }
    return Transaction(
      kind, at: reference, value: UInt64(value), queue: queue, index: slot, traits: .byDevice)
  }

  mutating func endLook() {
    touched = []
    written.removeAll(keepingCapacity: true)
    used.removeAll(keepingCapacity: true)
    nextWritten = 0
  }
}
