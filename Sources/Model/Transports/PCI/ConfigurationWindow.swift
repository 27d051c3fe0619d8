/// A window of memory through which configuration space is reached (ECAM).
///
/// Source: PCI Express Base Specification, 7.2.2, Enhanced Configuration Access Mechanism.
struct ConfigurationWindow: Sendable, BitwiseCopyable, Equatable {
  var start: UInt64
  var last: UInt64
  /// Added to the offset in the window: segment<<28 and the first bus.
  var first: UInt64 = 0
  /// Told by the host bridge's register; else inferred from an id that was read there.
  var isCertain = true
}

extension PCITransport {
  /// The ECAM offset that `address` stands for.
  func configurationAddress(of address: UInt64) -> UInt64? {
    for window in windows where address >= window.start && address <= window.last {
      return window.first &+ (address &- window.start)
    }
    return nil
  }

  /// Whether `access` reads the ids of a virtio function where no window is known; it then makes
  /// one of the bus that holds it, taken for bus 0, and of the buses behind.
  mutating func takesAsWindow(_ access: Access) -> Bool {
    guard !access.isWrite, access.hasData, access.width == 4, access.address & 0xfff == 0,
      access.value & 0xffff == 0x1af4, (0x1000...0x107f).contains(access.value >> 16),
      windows.count < 4
    else { return false }
    let start = access.address & ~0xf_ffff
    let last = start.addingReportingOverflow(0xfff_ffff)
    guard !last.overflow else { return false }
    windows.append(ConfigurationWindow(start: start, last: last.partialValue, isCertain: false))
    return true
  }

  /// Takes PCIEXBAR of Intel's host bridges since the 945, as QEMU's q35 has it: bit 0 enables,
  /// bits 1 and 2 say how many buses (256, 128, 64).
  ///
  /// Source: Intel 3 Series Express Chipset Family datasheet, 5.1.16.
  mutating func takeHostBridge(_ function: PCIFunction) {
    guard function.address == 0, function.image.number(0, 4) == 0x29c0_8086,
      let low = function.image.number(0x60, 4)
    else { return }
    let value = low | (function.image.number(0x64, 4) ?? 0) << 32
    windows.removeAll { $0.isCertain }
    guard value & 1 == 1 else { return }
    let size: UInt64 = 0x1000_0000 >> (value >> 1 & 3)
    let start = value & 0xf_ffff_f000 & ~(size - 1)
    windows.removeAll { !$0.isCertain }
    windows.append(ConfigurationWindow(start: start, last: start + size - 1))
  }
}
