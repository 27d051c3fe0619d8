extension PackedQueueView {
  /// Walks every chain from the device's next slot to the driver's, and tells the buffers, some at a
  /// time, and each fault with the first slot of its chain, in order. Nothing is allocated.
  public func walkPending(
    in memory: borrowing some GuestMemory & ~Copyable,
    buffers: (Span<ChainBuffer>) -> Void, fault: (UInt32, RingFault) -> Void
  ) {
    var tables = RingTables(layout, in: memory)
    var batch = ChainBufferBatch()
    var slot = nextUsed
    var left = pendingSlots
    while left > 0 {
      let head = slot
      let plain = tables.tellPacked(slot, wrap: wrap(at: slot), layout, in: memory) {
        batch.append(ChainBuffer(head, $0), buffers)
      }
      var count = plain.ringCount
      if !plain.isWhole {
        var walk = chain(slot)
        walk.rest(
          behind: plain.told, head: slot, in: memory, through: &tables, &batch, buffers, fault)
        count = walk.ringCount
      }
      (slot, left) = behind(count, at: slot, left: left)
    }
    batch.flush(buffers)
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
