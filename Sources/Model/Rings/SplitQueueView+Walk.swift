internal import Wire

extension SplitQueueView {
  /// Walks every chain between the used and the available index, in the order of the ring, and
  /// calls one of the two with its head and each buffer or fault.
  ///
  /// Nothing is allocated. A difference of more than the queue's size is a fault of the queue, for
  /// `QueueSnapshot` to tell: nothing is walked then. Where the device uses out of order, the
  /// pending chains are others.
  public func forEachStep(
    in memory: borrowing some GuestMemory & ~Copyable,
    buffer: (UInt32, RingBuffer) -> Void, fault: (UInt32, RingFault) -> Void
  ) {
    guard pendingCount <= layout.size else { return }
    var tables = RingTables(layout, in: memory)
    let size = Int(layout.size)
    let bytes = memory.bytes(at: layout.driverArea, count: AvailableRing.byteCount(size: size))
    let heads = AvailableRing(bytes, size: size, bigEndian: layout.isBigEndian)
    for offset in 0..<pendingCount {
      let position = usedIndex &+ offset
      let found = if let heads { heads.head(at: position) } else { head(at: position, in: memory) }
      guard let head = found else { continue }
      var walk = chain(head)
      while walk.step(
        in: memory, through: &tables, buffer: { buffer(UInt32(head), $0) },
        fault: { fault(UInt32(head), $0) })
      {}
    }
  }
}
