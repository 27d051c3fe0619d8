/// Who a PCI function says it is, as far as its configuration space was read.
///
/// Source: PCI Local Bus 3.0, 6.2.1 and 6.2.4.
public struct PCIIdentity: Sendable, BitwiseCopyable, Equatable {
  public var vendor: UInt16
  public var device: UInt16
  public var revision: UInt8?
  public var subsystemVendor: UInt16 = 0
  public var subsystemDevice: UInt16?
  /// Nobody had placed the function when the recording began: every configuration access to it
  /// is in the recording.
  public var isFresh = false
  /// Somebody read where the capability list begins.
  public var isScanned = false

  public init(vendor: UInt16, device: UInt16) {
    self.vendor = vendor
    self.device = device
  }

  /// Unpacks a transaction of kind `pciIdentity`.
  public init(_ step: Transaction) {
    vendor = UInt16(truncatingIfNeeded: step.value)
    device = UInt16(truncatingIfNeeded: step.value >> 16)
    if step.byteInField & 1 != 0 { revision = UInt8(truncatingIfNeeded: step.index) }
    if step.byteInField & 2 != 0 {
      subsystemVendor = UInt16(truncatingIfNeeded: step.value >> 32)
      subsystemDevice = UInt16(truncatingIfNeeded: step.value >> 48)
    }
    isFresh = step.byteInField & 4 != 0
    isScanned = step.byteInField & 8 != 0
  }

  /// The transaction that tells this.
  public func step(at reference: RecordReference) -> Transaction {
    var known: UInt8 = revision == nil ? 0 : 1
    if subsystemDevice != nil { known |= 2 }
    if isFresh { known |= 4 }
    if isScanned { known |= 8 }
    let subsystem = UInt64(subsystemVendor) | UInt64(subsystemDevice ?? 0) << 16
    return Transaction(
      .pciIdentity, at: reference, value: UInt64(vendor) | UInt64(device) << 16 | subsystem << 32,
      index: UInt32(revision ?? 0), byteInField: known)
  }

  /// Whether the ids are of the range that legacy drivers know.
  public var isTransitional: Bool { (0x1000...0x103f).contains(device) }
}
