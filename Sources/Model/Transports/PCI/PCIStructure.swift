/// A part of a virtio PCI function that a driver reaches through a base address register.
struct PCIStructure: Sendable, BitwiseCopyable, Equatable {
  enum Kind: UInt8, Sendable, BitwiseCopyable {
    case common
    case notify
    case isr
    case device
    case legacyHeader
    case messageTable
    /// What a capability of a reserved type locates.
    case reserved
    /// One of several structures of a kind: `multiplier` = its place in `PCIFunction.several`.
    case several
    /// A part of a base address register that nothing names: `multiplier` = the register.
    case outside
  }

  var kind: Kind
  var bar: UInt8
  var offset: UInt64
  /// 0 where the capability's length was not read.
  var length: UInt64
  /// Notification structure: what the offset of a queue is multiplied by; -1 unknown. Reserved
  /// area: where its capability lies.
  var multiplier: Int64 = -1
  /// Where its capability lies; 0 for what no capability of the list named.
  var position: UInt8 = 0
}

/// A structure at the addresses where the guest finds it.
struct PCIRegion: Sendable, BitwiseCopyable, Equatable {
  var start: UInt64
  /// The last address.
  var last: UInt64
  /// Where the structure begins: `start`, unless another region lies over its beginning.
  var base: UInt64
  /// Number of the function.
  var function: Int32
  var kind: PCIStructure.Kind
  var multiplier: Int64
}
