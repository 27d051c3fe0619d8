/// What driver and device of a split queue do.
extension RingScene {
  /// One descriptor as it lies in a table.
  public static func descriptor(
    _ address: UInt64, _ length: UInt32, flags: UInt16 = 0, next: UInt16 = 0
  ) -> [UInt8] {
    little(address) + little(length) + little(flags) + little(next)
  }

  /// The driver writes a descriptor of the ring.
  public mutating func describe(
    _ index: UInt64, _ address: UInt64, _ length: UInt32, flags: UInt16 = 0, next: UInt16 = 0,
    queue: Int = 0
  ) {
    driverWrites(
      descriptors(queue) &+ 16 &* index,
      Self.descriptor(address, length, flags: flags, next: next))
  }

  /// The driver makes chains available: their heads first, then the index.
  public mutating func offer(_ heads: [UInt16], queue: Int = 0) {
    for head in heads {
      let slot = UInt64(availableIndex[queue] % plan.size)
      driverWrites(driverArea(queue) &+ 4 &+ 2 &* slot, Self.little(head))
      availableIndex[queue] &+= 1
    }
    publish(available: availableIndex[queue], queue: queue)
  }

  public mutating func publish(available index: UInt16, queue: Int = 0) {
    availableIndex[queue] = index
    driverWrites(driverArea(queue) &+ 2, Self.little(index))
  }

  /// The device uses chains: their entries first, then the index.
  public mutating func use(_ entries: [(id: UInt32, length: UInt32)], queue: Int = 0) {
    for entry in entries {
      prepare(entry.id, entry.length, queue: queue)
      usedIndex[queue] &+= 1
    }
    publish(used: usedIndex[queue], queue: queue)
  }

  /// The device writes the next used entry, and no index.
  public mutating func prepare(_ id: UInt32, _ length: UInt32, queue: Int = 0) {
    let slot = UInt64(usedIndex[queue] % plan.size)
    deviceWrites(
      deviceArea(queue) &+ 4 &+ 8 &* slot, Self.little(id) + Self.little(length))
  }

  public mutating func publish(used index: UInt16, queue: Int = 0) {
    usedIndex[queue] = index
    deviceWrites(deviceArea(queue) &+ 2, Self.little(index))
  }

  public mutating func setAvailableFlags(_ flags: UInt16, queue: Int = 0) {
    driverWrites(driverArea(queue), Self.little(flags))
  }

  public mutating func setUsedFlags(_ flags: UInt16, queue: Int = 0) {
    deviceWrites(deviceArea(queue), Self.little(flags))
  }

  public mutating func setUsedEvent(_ index: UInt16, queue: Int = 0) {
    driverWrites(driverArea(queue) &+ 4 &+ 2 &* UInt64(plan.size), Self.little(index))
  }

  public mutating func setAvailableEvent(_ index: UInt16, queue: Int = 0) {
    deviceWrites(deviceArea(queue) &+ 4 &+ 8 &* UInt64(plan.size), Self.little(index))
  }

  /// A request of a header to read, and a buffer and a status to write, at descriptors `head` and
  /// the two behind it.
  public mutating func request(_ head: UInt16, length: UInt32 = 512, queue: Int = 0) {
    let place = 0x20_0000 &+ UInt64(head) &* 0x2000
    describe(UInt64(head), place, 16, flags: 1, next: head &+ 1, queue: queue)
    describe(
      UInt64(head) &+ 1, place &+ 0x1000, length, flags: 3, next: head &+ 2, queue: queue)
    describe(UInt64(head) &+ 2, place &+ 0x800, 1, flags: 2, queue: queue)
  }
}
