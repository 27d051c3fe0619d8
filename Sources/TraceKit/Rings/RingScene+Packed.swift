/// What driver and device of a packed queue write.
extension RingScene {
  /// One slot as it lies in the ring, or an entry of a table.
  public static func slot(
    _ address: UInt64, _ length: UInt32, id: UInt16, flags: UInt16
  ) -> [UInt8] {
    little(address) + little(length) + little(id) + little(flags)
  }

  /// `flags` with the bits of an available descriptor in a round of `wrap`.
  public static func available(_ flags: UInt16, wrap: Bool) -> UInt16 {
    flags | (wrap ? 1 << 7 : 1 << 15)
  }

  /// `flags` with the bits of a used descriptor in a round of `wrap`.
  public static func used(_ flags: UInt16, wrap: Bool) -> UInt16 {
    flags | (wrap ? 1 << 7 | 1 << 15 : 0)
  }

  /// The driver writes a slot.
  public mutating func makeAvailable(
    _ slot: UInt64, _ address: UInt64, _ length: UInt32, id: UInt16, flags: UInt16 = 0,
    wrap: Bool = true, queue: Int = 0
  ) {
    driverWrites(
      descriptors(queue) &+ 16 &* slot,
      Self.slot(address, length, id: id, flags: Self.available(flags, wrap: wrap)))
  }

  /// The device writes a used descriptor.
  public mutating func makeUsed(
    _ slot: UInt64, id: UInt16, length: UInt32, wrap: Bool = true, queue: Int = 0
  ) {
    deviceWrites(
      descriptors(queue) &+ 16 &* slot,
      Self.slot(0, length, id: id, flags: Self.used(length > 0 ? 2 : 0, wrap: wrap)))
  }

  /// The driver says when it wants interrupts: flags 0 always, 1 never, 2 at `offset`.
  public mutating func setDriverEvent(
    flags: UInt16, offset: UInt16 = 0, wrap: Bool = true, queue: Int = 0
  ) {
    driverWrites(
      driverArea(queue), Self.little(offset | (wrap ? 0x8000 : 0)) + Self.little(flags))
  }

  /// The device says when it wants kicks.
  public mutating func setDeviceEvent(
    flags: UInt16, offset: UInt16 = 0, wrap: Bool = true, queue: Int = 0
  ) {
    deviceWrites(
      deviceArea(queue), Self.little(offset | (wrap ? 0x8000 : 0)) + Self.little(flags))
  }
}
