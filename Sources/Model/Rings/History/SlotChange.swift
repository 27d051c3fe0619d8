internal import Wire

/// What a memory record did to one slot of a packed ring.
struct SlotChange: Sendable {
  let slot: UInt32
  /// The descriptor before, and after as far as the record covers it; nil where not all of it is
  /// known.
  private let old: RingDescriptor?
  private let new: RingDescriptor?
  /// The record covers the flags.
  private let coversFlags: Bool

  init(
    _ slot: UInt32, at address: UInt64, _ record: MemoryRecord, _ bytes: RawSpan,
    in memory: borrowing RecordedMemory
  ) {
    self.slot = slot
    old = memory.packedDescriptor(at: address, bigEndian: false)
    var low: UInt64 = 0
    var high: UInt64 = 0
    var isKnown = true
    var covered = 0
    for place in 0..<UInt64(16) {
      let offset = address &+ place &- record.first
      let byte: UInt8
      if address &+ place >= record.first, offset < UInt64(bytes.byteCount) {
        byte = bytes.byte(at: Int(truncatingIfNeeded: offset))
        if place >= 14 { covered += 1 }
      } else if let known = memory.span(at: address &+ place, count: 1) {
        byte = known.byte(at: 0)
      } else {
        isKnown = false
        continue
      }
      if place < 8 {
        low |= UInt64(byte) << (8 * place)
      } else {
        high |= UInt64(byte) << (8 * (place - 8))
      }
    }
    coversFlags = covered == 2
    new =
      isKnown
      ? RingDescriptor(
        address: low, length: UInt32(truncatingIfNeeded: high),
        flags: DescriptorFlags(rawValue: UInt16(high >> 48)),
        link: UInt16(truncatingIfNeeded: high >> 32)) : nil
  }

  /// The record itself shows USED set.
  var showsUsed: Bool { coversFlags && new?.flags.contains(.used) == true }

  /// The flags as written.
  var flags: UInt16 { new?.flags.rawValue ?? 0 }

  /// What a write of the driver means: nil where it is the driver's right, or may be the device's
  /// work that a look at the driver's side caught.
  func driverDeed(_ state: RingState) -> Transaction.Kind? {
    guard let old, let new, old != new else { return nil }
    let wrap = state.wrap(of: slot)
    let (available, used) = (new.flags.contains(.available), new.flags.contains(.used))
    if state.isInUse(slot) {
      if available == wrap, used == wrap { return nil }
      if available != wrap, used == wrap { return .descriptorRewritten }
      let mayBeDevices =
        slot == state.nextUsed && new.address == old.address && new.flags == old.flags
      return mayBeDevices ? nil : .descriptorChanged
    }
    guard coversFlags, new.flags != old.flags else { return nil }
    // A free slot may be wiped; these are attempts to make it available.
    let isMirrored = available != used && available != wrap
    let isBoth = available && used && wrap
    return isMirrored || isBoth ? .bitsWrong : nil
  }

  /// What a write of the device means where no list was used in its place.
  func deviceDeed(now new: RingDescriptor, _ state: RingState) -> Transaction.Kind? {
    let wrap = state.wrap(of: slot)
    let isMark = new.flags.contains(.available) == new.flags.contains(.used)
    if state.isInUse(slot) {
      if isMark, new.flags.contains(.used) == wrap {
        return slot == state.nextUsed ? nil : .usedElsewhere
      }
      // Before the flags the rest may be written.
      return old.map { $0.flags == new.flags } ?? true ? nil : .bitsWrong
    }
    if let old, old == new { return nil }
    if let old, old.flags == new.flags { return .descriptorChanged }
    let isNext =
      slot == state.nextUsed && state.pendingSlots == 0 && isMark
      && new.flags.contains(.used) == state.usedWrap
    let isBegun = state.partialSlot == slot
    return isNext && !isBegun && state.usedEarly == nil ? .usedEarly : .historyLost
  }
}
