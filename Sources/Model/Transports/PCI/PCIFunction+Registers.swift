import VirtioSpec

extension PCIFunction {
  /// Takes a read of the standard header: command, base addresses.
  mutating func read(_ register: Int, _ value: UInt64, _ width: Int) {
    switch register {
    case 0x04 where width != 1:
      command = UInt16(truncatingIfNeeded: value)
    case 0x10..<0x28 where register & 3 == 0 && (width == 4 || width == 0) && !isBridge:
      let index = (register - 0x10) / 4
      bars[index].read(
        UInt32(truncatingIfNeeded: value), isUpperHalf: isUpperHalf(index))
    case 0x18 where isBridge && width == 4:
      secondaryBus = UInt8(truncatingIfNeeded: value >> 8)
      if secondaryBus != 0 { lastSecondaryBus = secondaryBus }
    default: break
    }
  }

  /// Whether a base address register shows that no firmware had been at work.
  var isFresh: Bool { bars.indices.contains { bars[$0].isFresh } }

  /// Forgets what a reset of the machine undoes.
  mutating func forgetPlaces() {
    for index in 0..<6 {
      bars[index].forgetPlace()
      if told[index].isTold { told[index].isMapped = false }
    }
    command = nil
    messages = MessageTable()
  }

  /// A driver that writes two bytes where the legacy header has its vectors has MSI-X enabled,
  /// where the recording does not show the capability.
  mutating func inferVectors(from access: PCIAccess) {
    guard !messages.isControlKnown, access.isWrite, access.width == 2,
      access.offset == LegacyHeaderField.configMsixVector.offset
        || access.offset == LegacyHeaderField.queueMsixVector.offset
    else { return }
    messages.control = 0x8000
  }
}
