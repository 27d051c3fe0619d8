internal import Model

/// A recording made by hand of a driver and a device on virtio-mmio.
///
/// Spec: 4.2.2, MMIO Device Register Layout; 4.2.4, Legacy interface.
public struct MMIOScene: Sendable {
  public var registers = RegisterScene()
  public static var base: UInt64 { 0x0a00_3e00 }

  /// The driver looks at what is there.
  public init(version: UInt64 = 2, type: UInt64 = 2) {
    read(0x00, 0x7472_6976)
    read(0x04, version)
    read(0x08, type)
    read(0x0c, 0x554d_4551)
  }

  public mutating func read(_ offset: UInt64, _ value: UInt64, width: UInt32 = 4) {
    registers.read(.mmio, Self.base &+ offset, value, width)
  }

  public mutating func write(_ offset: UInt64, _ value: UInt64, width: UInt32 = 4) {
    registers.write(.mmio, Self.base &+ offset, value, width)
  }

  public mutating func status(_ value: UInt64) { write(0x70, value) }
  public mutating func readStatus(_ value: UInt64) { read(0x70, value) }

  /// A reset, and ACKNOWLEDGE and DRIVER.
  public mutating func begin() {
    status(0)
    readStatus(0)
    status(1)
    status(3)
  }

  /// The driver reads what is offered and writes what it accepts, as 64 bits each.
  public mutating func features(_ offered: UInt64, _ accepted: UInt64) {
    for word in [0, 1] as [UInt64] {
      write(0x14, word)
      read(0x10, offered >> (word * 32) & 0xffff_ffff)
    }
    for word in [0, 1] as [UInt64] {
      write(0x24, word)
      write(0x20, accepted >> (word * 32) & 0xffff_ffff)
    }
  }

  /// FEATURES_OK, which the device keeps.
  public mutating func confirm() {
    status(0xb)
    readStatus(0xb)
  }

  /// A queue is set up.
  public mutating func queue(_ number: UInt64, size: UInt64 = 8, max: UInt64 = 1024) {
    write(0x30, number)
    read(0x44, 0)
    read(0x34, max)
    write(0x38, size)
    let place = 0x10_0000 &+ number &* 0x1_0000
    for (register, address) in [(0x80, place), (0x90, place + 0x8000), (0xa0, place + 0xa000)]
      as [(UInt64, UInt64)]
    {
      write(register, address & 0xffff_ffff)
      write(register + 4, address >> 32)
    }
    write(0x44, 1)
  }

  public mutating func kick(_ queue: UInt64) { write(0x50, queue) }

  /// From reset to DRIVER_OK without a fault: VERSION_1, FLUSH and one queue.
  public mutating func run(features: UInt64 = 1 << 32 | 1 << 9) {
    begin()
    self.features(features, features)
    confirm()
    queue(0)
    status(0xf)
  }
}
