extension Array where Element == UInt8 {
  /// The elements as raw bytes.
  public var rawBytes: RawSpan {
    @_lifetime(borrow self)
    borrowing get {
      // A byte has no padding and no invalid bit pattern; the lifetime is that of the array.
      unsafe _overrideLifetime(span.bytes, borrowing: self)
    }
  }
}
