internal import Wire

/// What a recording told of a guest's memory, as far as rings are concerned: the bytes as they were
/// last found or written.
///
/// Bounded: when it is full, only the pages named to `keep` stay.
public struct RecordedMemory: GuestMemory, Sendable {
  private var pages: PageStore

  /// Holds at most `pageLimit` pages of 4 KiB.
  public init(pageLimit: Int = 1 << 13) { pages = PageStore(limit: pageLimit) }

  /// Nothing was ever written to it.
  var isEmpty: Bool { pages.count == 0 }

  /// Writes `bytes` at `address`; false when there is no room for all of it.
  mutating func write(_ bytes: RawSpan, at address: UInt64) -> Bool {
    pages.write(bytes, at: address)
  }

  /// Notes that the bytes of `range` are not known any more.
  mutating func forget(_ range: ClosedRange<UInt64>) { pages.forget(range) }

  /// Throws out every page that holds no byte of `ranges`.
  mutating func keep(only ranges: [ClosedRange<UInt64>]) { pages.keep(only: ranges) }

  @_lifetime(borrow self)
  public borrowing func span(at address: UInt64, count: Int) -> RawSpan? {
    pages.span(at: address, count: count)
  }
}
