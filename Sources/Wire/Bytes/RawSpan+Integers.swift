extension RawSpan {
  /// The little-endian integer at `offset`.
  ///
  /// - Precondition: the integer lies within the span. Views check their size once, in their
  ///   initializer, so that this never traps for them.
  @inlinable @inline(__always)
  public func littleEndian<T>(_ type: T.Type = T.self, at offset: Int) -> T
  where T: FixedWidthInteger & BitwiseCopyable {
    // Checked load of a type of which every bit pattern is a value.
    unsafe T(littleEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: T.self))
  }

  /// The big-endian integer at `offset`.
  ///
  /// - Precondition: the integer lies within the span.
  @inlinable @inline(__always)
  public func bigEndian<T>(_ type: T.Type = T.self, at offset: Int) -> T
  where T: FixedWidthInteger & BitwiseCopyable {
    // Checked load of a type of which every bit pattern is a value.
    unsafe T(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: T.self))
  }

  /// The integer at `offset` in the byte order that a file states.
  ///
  /// - Precondition: the integer lies within the span.
  @inlinable @inline(__always)
  public func integer<T>(_ type: T.Type = T.self, at offset: Int, bigEndian isBig: Bool) -> T
  where T: FixedWidthInteger & BitwiseCopyable {
    isBig ? bigEndian(T.self, at: offset) : littleEndian(T.self, at: offset)
  }

  /// The byte at `offset`.
  ///
  /// - Precondition: `offset` lies within the span.
  @inlinable @inline(__always)
  public func byte(at offset: Int) -> UInt8 {
    // Checked load of a type of which every bit pattern is a value.
    unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }

  /// Whether the span begins with `prefix`.
  @inlinable
  public func starts(with prefix: [UInt8]) -> Bool {
    guard byteCount >= prefix.count else { return false }
    for index in prefix.indices where byte(at: index) != prefix[index] { return false }
    return true
  }

  /// A copy of the bytes.
  @inlinable
  public var array: [UInt8] {
    // The closure only copies; the pointer does not leave it.
    unsafe withUnsafeBytes { unsafe [UInt8]($0) }
  }

  /// The bytes as UTF-8 text; what is not UTF-8 is replaced by U+FFFD.
  @inlinable
  public var text: String {
    // The closure only copies; the pointer does not leave it.
    unsafe withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
  }
}
