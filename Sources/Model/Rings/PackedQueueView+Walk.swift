extension PackedQueueView {
  /// Walks every chain from the device's next slot to the driver's, and calls one of the two
  /// with its first slot and each buffer or fault. Nothing is allocated.
  public func forEachStep(
    in memory: borrowing some GuestMemory & ~Copyable,
    buffer: (UInt32, RingBuffer) -> Void, fault: (UInt32, RingFault) -> Void
  ) {
    var tables = RingTables(layout, in: memory)
    var slot = nextUsed
    var left = pendingSlots
    while left > 0 {
      var walk = chain(slot)
      while walk.step(
        in: memory, through: &tables, buffer: { buffer(slot, $0) }, fault: { fault(slot, $0) })
      {}
      (slot, left) = behind(walk.ringCount, at: slot, left: left)
    }
  }

  /// Where the chain behind one of `count` descriptors begins, and how many slots are then left.
  @inline(__always)
  func behind(_ count: UInt32, at slot: UInt32, left: UInt32) -> (slot: UInt32, left: UInt32) {
    // A chain that faulted at once still takes its first slot, so that the walk goes on.
    let count = max(count, 1)
    let next = slot &+ count
    return (next < layout.size ? next : next &- layout.size, left > count ? left &- count : 0)
  }
}
