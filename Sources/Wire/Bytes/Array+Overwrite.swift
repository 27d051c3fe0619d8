extension [UInt8] {
  /// Puts the bytes of `source` in the place of those from `start` on.
  ///
  /// - Precondition: `start + source.byteCount` lies within the array.
  public mutating func overwrite(from start: Int, with source: RawSpan) {
    var target = mutableSpan
    for offset in 0..<source.byteCount {
      target[start &+ offset] = source.byte(at: offset)
    }
  }
}
