/// A view of an indirect descriptor table.
///
///      0              16             32
///      | descriptor 0 | descriptor 1 | …
///
/// Spec: 2.7.5.3, Indirect Descriptors; 2.8.19 for packed rings.
public struct IndirectTable: ~Escapable {
  @usableFromInline let bytes: RawSpan
  @usableFromInline let bigEndian: Bool

  /// Views `bytes`, or fails when they are none or no whole number of descriptors.
  @inlinable @_lifetime(copy bytes)
  public init?(_ bytes: RawSpan, bigEndian: Bool) {
    guard bytes.byteCount > 0, bytes.byteCount % SplitDescriptor.byteCount == 0 else { return nil }
    self.bytes = bytes
    self.bigEndian = bigEndian
  }

  /// Descriptors in the table.
  @inlinable public var count: Int { bytes.byteCount / SplitDescriptor.byteCount }

  /// The descriptor `index` of a split ring's table; nil beyond its end.
  @inlinable @_lifetime(copy self)
  public func descriptor(_ index: Int) -> SplitDescriptor? {
    guard index >= 0, index < count else { return nil }
    let rest = bytes.extracting(droppingFirst: index &* SplitDescriptor.byteCount)
    return SplitDescriptor(rest, bigEndian: bigEndian)
  }

  /// The descriptor `index` of a packed ring's table; nil beyond its end.
  @inlinable @_lifetime(copy self)
  public func packedDescriptor(_ index: Int) -> PackedDescriptor? {
    guard index >= 0, index < count else { return nil }
    let rest = bytes.extracting(droppingFirst: index &* PackedDescriptor.byteCount)
    return PackedDescriptor(rest, bigEndian: bigEndian)
  }
}
