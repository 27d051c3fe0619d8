/// Bytes of a part of an administration command, in which whatever lies beyond the end is zero.
///
/// Spec: 2.13
public struct AdminBytes: ~Escapable {
  @usableFromInline let bytes: RawSpan

  /// Views `bytes`, however few they are.
  @inlinable @_lifetime(copy bytes)
  public init(_ bytes: RawSpan) { self.bytes = bytes }

  /// Bytes that are there.
  @inlinable public var count: Int { bytes.byteCount }

  /// The little-endian number of at most eight bytes at `offset`.
  @inlinable
  public func number(at offset: Int, width: Int) -> UInt64 {
    var value: UInt64 = 0
    for index in 0..<min(width, 8) where offset >= 0 && offset &+ index < count {
      value |= UInt64(bytes.byte(at: offset &+ index)) &<< UInt64(8 &* index)
    }
    return value
  }

  @inlinable public func byte(at offset: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: number(at: offset, width: 1))
  }
  @inlinable public func half(at offset: Int) -> UInt16 {
    UInt16(truncatingIfNeeded: number(at: offset, width: 2))
  }
  @inlinable public func word(at offset: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: number(at: offset, width: 4))
  }

  /// Whether the bytes from `first` on, up to `end`, are zero.
  @inlinable
  public func isZero(from first: Int, to end: Int) -> Bool {
    for offset in max(first, 0)..<max(min(end, count), max(first, 0))
    where bytes.byte(at: offset) != 0 {
      return false
    }
    return true
  }

  /// What begins at `offset`, at most `length` bytes.
  @inlinable @_lifetime(copy self)
  public func part(from offset: Int, length: Int = .max) -> AdminBytes {
    let first = min(max(offset, 0), count)
    return AdminBytes(bytes.extracting(first..<first &+ min(max(length, 0), count &- first)))
  }

  /// A copy of the bytes.
  @inlinable public var array: [UInt8] { bytes.array }
}
