internal import Model

/// What driver and device do through the registers of virtio-mmio.
///
/// Spec: 4.2.2, MMIO Device Register Layout.
extension RingScene {
  static var base: UInt64 { 0x0a00_3e00 }

  mutating func read(register: UInt64, _ value: UInt64) {
    append(.mmio, Self.base &+ register, value: value, width: 4, code: 0, [])
  }

  mutating func write(register: UInt64, _ value: UInt64) {
    append(.mmio, Self.base &+ register, value: value, width: 4, code: 0, .toDevice)
  }

  /// The driver sees why there was an interrupt.
  public mutating func readInterruptStatus(_ bits: UInt64 = 1) { read(register: 0x60, bits) }

  /// The driver acknowledges it.
  public mutating func acknowledge(_ bits: UInt64 = 1) { write(register: 0x64, bits) }

  mutating func identify() {
    read(register: 0x00, 0x7472_6976)
    read(register: 0x04, 2)
    read(register: 0x08, UInt64(plan.type))
    read(register: 0x0c, 0x554d_4551)
  }

  /// A word of features is read, and accepted as it is.
  mutating func negotiate(_ word: UInt64, _ bits: UInt64) {
    write(register: 0x14, word)
    read(register: 0x10, bits)
    write(register: 0x24, word)
    write(register: 0x20, bits)
  }

  mutating func setUpByRegisters(_ queue: UInt16) {
    write(register: 0x30, UInt64(queue))
    read(register: 0x44, 0)
    read(register: 0x34, 1024)
    write(register: 0x38, UInt64(plan.size))
    let place = Int(queue)
    for (register, address) in [
      (0x80, descriptors(place)), (0x90, driverArea(place)), (0xa0, deviceArea(place)),
    ] as [(UInt64, UInt64)] {
      write(register: register, address & 0xffff_ffff)
      write(register: register + 4, address >> 32)
    }
    write(register: 0x44, 1)
  }
}
