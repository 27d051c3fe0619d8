/// The window of VIRTIO_PCI_CAP_PCI_CFG: where it points, and what it has just been used for.
///
/// Spec: 4.1.4.9, PCI configuration access capability.
struct AccessWindow: Sendable, BitwiseCopyable {
  private(set) var bar: UInt8 = 0
  private(set) var offset: UInt32 = 0
  private(set) var length: UInt32 = 0
  /// The driver set it; else it is what it was when somebody read it.
  var isSet = false
  /// The thread that last touched the window, while nothing else of that thread came between.
  ///
  /// A log of the device's own side shows an access through the window twice, once as a
  /// configuration access and once as one to the structure.
  var thread: UInt16?

  /// Takes what was written to or read from the capability, `place` bytes into it.
  mutating func take(place: Int, value: UInt64, width: Int) {
    for step in 0..<min(width, 8) {
      let byte = UInt32(truncatingIfNeeded: value >> UInt64(step * 8)) & 0xff
      let target = place + step
      switch target {
      case 4: bar = UInt8(byte)
      case 8..<12: Self.set(&offset, byte, target - 8)
      case 12..<16: Self.set(&length, byte, target - 12)
      default: break
      }
    }
  }

  private static func set(_ number: inout UInt32, _ byte: UInt32, _ place: Int) {
    let shift = UInt32(place * 8)
    number = number & ~(0xff << shift) | byte << shift
  }

  /// Whether an access to `offset` of the same base address register is one that the window makes.
  ///
  /// Devices round the offset down to the access.
  func covers(_ other: UInt64) -> Bool {
    let start = UInt64(offset)
    return other >= start & ~7 && other < start + UInt64(max(1, min(length, 8)))
  }
}
