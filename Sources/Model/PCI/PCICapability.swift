public import VirtioSpec

/// One entry of a function's capability list that virtio defines, as far as it was read.
///
/// Spec: 4.1.4, Virtio Structure PCI Capabilities.
public struct PCICapability: Sendable, BitwiseCopyable, Equatable {
  /// The register at which it begins.
  public var position: UInt8
  /// `cfg_type`.
  public var type: UInt8
  /// `cap_len`.
  public var capLength: UInt8?
  public var bar: UInt8?
  public var id: UInt8?
  public var offset: UInt64?
  public var length: UInt64?
  /// `notify_off_multiplier` of a notification capability, `vendor_id` of vendors' data.
  public var extra: UInt32?

  public init(position: UInt8, type: UInt8) {
    self.position = position
    self.type = type
  }

  /// What it locates; nil for a type that is reserved.
  public var kind: PCICapabilityType? { PCICapabilityType(rawValue: type) }

  /// Unpacks a transaction of kind `pciCapability`.
  public init(_ step: Transaction) {
    position = UInt8(truncatingIfNeeded: step.index)
    type = step.width
    let known = step.byteInField
    if known & 1 != 0 { capLength = UInt8(truncatingIfNeeded: step.index >> 8) }
    if known & 2 != 0 { bar = UInt8(truncatingIfNeeded: step.index >> 16) }
    if known & 4 != 0 { id = UInt8(truncatingIfNeeded: step.index >> 24) }
    if known & 8 != 0 { offset = step.value }
    if known & 16 != 0 { length = step.mask }
    if known & 32 != 0 { extra = UInt32(bitPattern: step.queue) }
  }

  /// The transaction that tells this.
  public func step(at reference: RecordReference) -> Transaction {
    var known: UInt8 = capLength == nil ? 0 : 1
    if bar != nil { known |= 2 }
    if id != nil { known |= 4 }
    if offset != nil { known |= 8 }
    if length != nil { known |= 16 }
    if extra != nil { known |= 32 }
    let bytes = UInt32(capLength ?? 0) << 8 | UInt32(bar ?? 0) << 16 | UInt32(id ?? 0) << 24
    return Transaction(
      .pciCapability, at: reference, value: offset ?? 0, mask: length ?? 0,
      queue: Int32(bitPattern: extra ?? 0), index: UInt32(position) | bytes, width: type,
      byteInField: known)
  }

  /// The names of the types in text.
  public static let typeNames: [UInt8: String] = [
    1: "common", 2: "notify", 3: "isr", 4: "device", 5: "window", 8: "memory", 9: "vendor",
  ]
}
