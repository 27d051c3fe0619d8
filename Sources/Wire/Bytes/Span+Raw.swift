extension Span where Element == UInt8 {
  /// The same bytes as a raw span.
  @inlinable
  public var raw: RawSpan {
    @_lifetime(copy self)
    get {
      // Every byte of a span of bytes is initialized and none is padding, which is what `bytes`
      // cannot know of other elements; the lifetime stays that of the span.
      unsafe bytes
    }
  }
}
