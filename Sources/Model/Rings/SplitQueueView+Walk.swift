internal import Wire

extension SplitQueueView {
  /// Walks every chain between the used and the available index, in the order of the ring, and tells
  /// the buffers, some at a time, and each fault with the head of its chain, in order.
  ///
  /// Nothing is allocated. A difference of more than the queue's size is a fault of the queue, for
  /// `QueueSnapshot` to tell: nothing is walked then. Where the device uses out of order, the
  /// pending chains are others.
  public func walkPending(
    in memory: borrowing some GuestMemory & ~Copyable,
    buffers: (Span<ChainBuffer>) -> Void, fault: (UInt32, RingFault) -> Void
  ) {
    guard pendingCount <= layout.size else { return }
    var tables = RingTables(layout, in: memory)
    var batch = ChainBufferBatch()
    let size = Int(layout.size)
    let bytes = memory.bytes(at: layout.driverArea, count: AvailableRing.byteCount(size: size))
    let heads = AvailableRing(bytes, size: size, bigEndian: layout.isBigEndian)
    for offset in 0..<pendingCount {
      let position = usedIndex &+ offset
      let found = if let heads { heads.head(at: position) } else { head(at: position, in: memory) }
      guard let head = found else { continue }
      let plain = tables.tellSplit(head, layout, in: memory) {
        batch.append(ChainBuffer(UInt32(head), $0), buffers)
      }
      if plain.isWhole { continue }
      var walk = chain(head)
      walk.rest(
        behind: plain.told, head: UInt32(head), in: memory, through: &tables, &batch, buffers, fault
      )
    }
    batch.flush(buffers)
  }
}
