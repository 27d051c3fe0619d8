/// The MSI-X capability of a function.
///
/// Source: PCI Local Bus 3.0, 6.8.2.
public struct PCIMessages: Sendable, BitwiseCopyable, Equatable {
  /// How many vectors the table has: Table Size and one; nil while not read.
  public var vectors: UInt32?
  /// Where the table lies; nil while not read.
  public var bar: UInt8?
  public var offset: UInt32 = 0
  /// MSI-X was enabled when the capability was read.
  public var isEnabled: Bool?

  public init() {}

  /// Unpacks a transaction of kind `pciMessages`.
  public init(_ step: Transaction) {
    if step.byteInField & 1 != 0 { vectors = UInt32(truncatingIfNeeded: step.mask) }
    if step.byteInField & 2 != 0 {
      bar = UInt8(truncatingIfNeeded: step.index)
      offset = UInt32(truncatingIfNeeded: step.value)
    }
    if step.byteInField & 4 != 0 { isEnabled = step.byteInField & 8 != 0 }
  }

  /// The transaction that tells this.
  public func step(at reference: RecordReference) -> Transaction {
    var known: UInt8 = vectors == nil ? 0 : 1
    if bar != nil { known |= 2 }
    if let isEnabled { known |= isEnabled ? 12 : 4 }
    return Transaction(
      .pciMessages, at: reference, value: UInt64(offset), mask: UInt64(vectors ?? 0),
      index: UInt32(bar ?? 0), byteInField: known)
  }
}

/// What is wrong with a capability list that was read to its end.
///
/// Source: PCI Local Bus 3.0, 6.7: pointers name registers from 0x40 on, in steps of four.
public enum PCIListFault: UInt8, Sendable, BitwiseCopyable, CaseIterable {
  case none
  /// An entry is met a second time.
  case loop
  /// A pointer leads into the header.
  case low
  /// The two low bits of a pointer are not 0.
  case unaligned

  /// Unpacks a transaction of kind `pciCapabilitiesEnd`.
  public init(_ step: Transaction) {
    self = Self(rawValue: UInt8(clamping: step.index)) ?? .none
  }
}
