/// What a base address register of a PCI function is for.
///
/// Source: PCI Local Bus 3.0, 6.2.5.1.
public struct PCIBar: Sendable, BitwiseCopyable, Equatable {
  public enum Kind: UInt8, Sendable, BitwiseCopyable, CaseIterable {
    /// Not implemented: no bit of it can be set.
    case none
    case io
    case memory32
    /// 20 bits, as PCI had them once.
    case memory20
    case memory64
    /// A code that PCI keeps for later.
    case reserved
  }

  public var index: Int
  public var kind: Kind
  /// Bytes; nil while nobody asked.
  public var size: UInt64?

  public init(index: Int, kind: Kind, size: UInt64?) {
    self.index = index
    self.kind = kind
    self.size = size
  }

  /// Unpacks a transaction of kind `pciBAR`.
  public init(_ step: Transaction) {
    index = Int(step.index)
    kind = Kind(rawValue: step.byteInField) ?? .reserved
    size = step.hasValue ? step.value : nil
  }

  /// The transaction that tells this.
  public func step(at reference: RecordReference) -> Transaction {
    Transaction(
      .pciBAR, at: reference, value: size ?? 0, index: UInt32(truncatingIfNeeded: index),
      traits: size == nil ? .unknownValue : [], byteInField: kind.rawValue)
  }
}
