internal import Model

/// A recording made by hand of a driver and a device on virtio-pci.
///
/// Spec: 4.1.4, Virtio Structure PCI Capabilities; 4.1.4.10, Legacy Interfaces.
public struct PCIScene: Sendable {
  /// What the function shows in its configuration space.
  public struct Plan: Sendable {
    /// Device id 0x1000 to 0x107f.
    public var id: UInt64 = 0x1042
    /// Vectors of the MSI-X table.
    public var vectors: UInt64 = 3
    public var notifyLength: UInt64 = 0x1000
    /// cap_len of the access capability, of which 20 is right.
    public var windowLength: UInt64 = 20
    /// A second COMMON_CFG capability, behind the first, whose structure lies at 0x4000.
    public var hasSecondCommon = false
    /// The double words of a PCI Express capability at 0xc0, of the first only the upper half.
    public var express: [UInt64]?
    /// What the last capability names as the next one.
    public var end: UInt64 = 0
    /// The size that base address register 4 shows; nil where nobody asks for it.
    public var barSize: UInt64?
    public init() {}
  }

  public var registers = RegisterScene()
  public static var bar: UInt64 { 0xfe00_0000 }
  public static var port: UInt64 { 0xc000 }
  public static var isr: UInt64 { bar &+ 0x1000 }
  public static var config: UInt64 { bar &+ 0x2000 }
  public static var notify: UInt64 { bar &+ 0x3000 }
  private static var function: UInt64 { 3 << 15 }

  /// The driver reads configuration space and the capability list.
  public init(_ plan: Plan = Plan()) {
    let isTransitional = plan.id < 0x1040
    configuration(0x00, plan.id << 16 | 0x1af4, 4)
    configuration(0x08, isTransitional ? 0x0100_0000 : 0x0100_0001, 4)
    configuration(0x2c, (isTransitional ? 2 : 0x1100) << 16 | 0x1af4, 4)
    configuration(0x3c, 0x010b, 2)
    configuration(0x06, 0x10, 2)
    configuration(0x10, isTransitional ? 0xc001 : 0, 4)
    configuration(0x20, 0xfe00_000c, 4)
    configuration(0x24, 0, 4)
    if let size = plan.barSize { askSize(size) }
    configuration(0x34, 0x98, 1)
    configuration(0x98, 0x8411, 2)
    configuration(0x9a, plan.vectors - 1, 2)
    configuration(0x9c, 0x1, 4)
    capability(0x84, next: 0x70, type: 5, length: plan.windowLength)
    capability(0x70, next: 0x60, type: 2, offset: 0x3000, length: 20, plan.notifyLength)
    configuration(0x80, 4, 4)
    capability(0x60, next: 0x50, type: 4, offset: 0x2000)
    capability(0x50, next: 0x40, type: 3, offset: 0x1000)
    let last = plan.express == nil ? plan.end : 0xc0
    capability(0x40, next: plan.hasSecondCommon ? 0xb0 : last, type: 1, offset: 0)
    if plan.hasSecondCommon { capability(0xb0, next: last, type: 1, offset: 0x4000) }
    if let words = plan.express { express(words, next: plan.end) }
    registers.write(.pciConfiguration, Self.function | 0x04, 7, 2)
  }

  public mutating func configuration(_ register: UInt64, _ value: UInt64, _ width: UInt32) {
    registers.read(.pciConfiguration, Self.function | register, value, width)
  }

  /// The driver asks how large base address register 4 is.
  private mutating func askSize(_ size: UInt64) {
    registers.write(.pciConfiguration, Self.function | 0x20, 0xffff_ffff, 4)
    configuration(0x20, 0xffff_ffff & ~(size - 1) | 0xc, 4)
    registers.write(.pciConfiguration, Self.function | 0x20, Self.bar | 0xc, 4)
  }

  /// Source: PCI Express Base Specification, 7.5.3.
  private mutating func express(_ words: [UInt64], next: UInt64) {
    configuration(0xc0, words[0] << 16 | next << 8 | 0x10, 4)
    for (place, word) in words.dropFirst().enumerated() {
      configuration(0xc4 + 4 * UInt64(place), word, 4)
    }
  }

  private mutating func capability(
    _ place: UInt64, next: UInt64, type: UInt64, offset: UInt64 = 0, length: UInt64 = 16,
    _ area: UInt64 = 0x1000
  ) {
    configuration(place, 0x09 | next << 8, 2)
    configuration(place + 2, length, 1)
    configuration(place + 3, type, 1)
    configuration(place + 4, 4, 1)
    configuration(place + 8, offset, 4)
    configuration(place + 12, area, 4)
  }

  /// MSI-X is turned on.
  public mutating func enableMessages() {
    registers.write(.pciConfiguration, Self.function | 0x9a, 0x8002, 2)
  }

  /// Where the driver takes the registers of the common configuration to be, in the register.
  public var common: UInt64 = 0

  public mutating func read(_ offset: UInt64, _ value: UInt64, _ width: UInt32) {
    registers.read(.mmio, Self.bar &+ place(offset), value, width)
  }

  private func place(_ offset: UInt64) -> UInt64 { offset < 0x1000 ? common &+ offset : offset }

  public mutating func write(_ offset: UInt64, _ value: UInt64, _ width: UInt32) {
    registers.write(.mmio, Self.bar &+ place(offset), value, width)
  }

  public mutating func readPort(_ offset: UInt64, _ value: UInt64, _ width: UInt32) {
    registers.read(.portIO, Self.port &+ offset, value, width)
  }

  public mutating func writePort(_ offset: UInt64, _ value: UInt64, _ width: UInt32) {
    registers.write(.portIO, Self.port &+ offset, value, width)
  }

  public mutating func status(_ value: UInt64) { write(0x14, value, 1) }
  public mutating func readStatus(_ value: UInt64) { read(0x14, value, 1) }

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
      write(0x00, word, 4)
      read(0x04, offered >> (word * 32) & 0xffff_ffff, 4)
    }
    for word in [0, 1] as [UInt64] {
      write(0x08, word, 4)
      write(0x0c, accepted >> (word * 32) & 0xffff_ffff, 4)
    }
  }

  /// FEATURES_OK, which the device keeps.
  public mutating func confirm() {
    status(0xb)
    readStatus(0xb)
  }

  /// A queue is set up; `vector` nil leaves the vector alone.
  public mutating func queue(_ number: UInt64, size: UInt64 = 256, vector: UInt64? = nil) {
    write(0x16, number, 2)
    read(0x18, size, 2)
    write(0x18, size, 2)
    if let vector {
      write(0x1a, vector, 2)
      read(0x1a, vector, 2)
    }
    read(0x1e, number, 2)
    let place = 0x10_0000 &+ number &* 0x1_0000
    for (register, address) in [(0x20, place), (0x28, place + 0x8000), (0x30, place + 0xa000)]
      as [(UInt64, UInt64)]
    {
      write(register, address & 0xffff_ffff, 4)
      write(register + 4, address >> 32, 4)
    }
    write(0x1c, 1, 2)
  }

  public mutating func kick(_ queue: UInt64, value: UInt64? = nil, width: UInt32 = 2) {
    write(0x3000 &+ queue &* 4, value ?? queue, width)
  }

  /// From reset to DRIVER_OK without a fault: VERSION_1 beside `features`, and `queues` queues.
  public mutating func run(features: UInt64 = 1 << 9, queues: UInt64 = 1) {
    begin()
    self.features(1 << 32 | features, 1 << 32 | features)
    confirm()
    for number in 0..<queues { queue(number) }
    status(0xf)
  }
}
