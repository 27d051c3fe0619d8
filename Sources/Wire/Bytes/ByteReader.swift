/// Reads a layout of variable shape from front to back, and knows where in the file it is.
public struct ByteReader: ~Escapable {
  @usableFromInline var rest: RawSpan
  @usableFromInline var position: Int
  @usableFromInline let layer: DecodeError.StaticLayer

  /// Reads `bytes`, of which the first lies at `offset` in the file; `layer` names them in errors.
  @inlinable @_lifetime(copy bytes)
  public init(
    _ bytes: RawSpan, offset: Int = 0, layer: DecodeError.StaticLayer = "bytes"
  ) {
    self.rest = bytes
    self.position = offset
    self.layer = layer
  }

  /// Offset in the file of the next byte.
  @inlinable public var offset: Int { position }

  /// How many bytes are left.
  @inlinable public var remaining: Int { rest.byteCount }

  /// Whether nothing is left.
  @inlinable public var isAtEnd: Bool { rest.byteCount == 0 }

  /// Takes the next `count` bytes.
  @inlinable @_lifetime(copy self)
  public mutating func take(_ count: Int) throws(DecodeError) -> RawSpan {
    guard count >= 0, rest.byteCount >= count else {
      throw DecodeError(
        .truncated(needed: count, available: rest.byteCount), at: position, in: layer)
    }
    let taken = rest.extracting(first: count)
    rest = rest.extracting(droppingFirst: count)
    position &+= count
    return taken
  }

  /// Passes over the next `count` bytes.
  @inlinable @_lifetime(self: copy self)
  public mutating func skip(_ count: Int) throws(DecodeError) {
    _ = try take(count)
  }

  /// Takes the next integer, least significant byte first.
  @inlinable @_lifetime(self: copy self)
  public mutating func littleEndian<T>(_ type: T.Type = T.self) throws(DecodeError) -> T
  where T: FixedWidthInteger & BitwiseCopyable {
    try take(MemoryLayout<T>.size).littleEndian(at: 0)
  }

  /// Takes the next integer, most significant byte first.
  @inlinable @_lifetime(self: copy self)
  public mutating func bigEndian<T>(_ type: T.Type = T.self) throws(DecodeError) -> T
  where T: FixedWidthInteger & BitwiseCopyable {
    try take(MemoryLayout<T>.size).bigEndian(at: 0)
  }

  /// Takes the next integer in the byte order that the file states.
  @inlinable @_lifetime(self: copy self)
  public mutating func integer<T>(
    _ type: T.Type = T.self, bigEndian isBig: Bool
  ) throws(DecodeError) -> T where T: FixedWidthInteger & BitwiseCopyable {
    try take(MemoryLayout<T>.size).integer(at: 0, bigEndian: isBig)
  }

  /// Takes the bytes up to the next zero byte, and passes over that.
  @inlinable @_lifetime(copy self)
  public mutating func takeUntilZero() throws(DecodeError) -> RawSpan {
    var length = 0
    while length < rest.byteCount, rest.byte(at: length) != 0 { length &+= 1 }
    guard length < rest.byteCount else {
      throw DecodeError(
        .truncated(needed: length &+ 1, available: rest.byteCount), at: position, in: layer)
    }
    let taken = rest.extracting(first: length)
    try skip(length &+ 1)
    return taken
  }
}
