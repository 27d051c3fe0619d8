internal import Wire

/// What was written, over any other memory.
///
/// Each byte is in one of three states: recorded, and read from here; overwritten with something
/// that was not recorded, and not to be had at all; or untouched, and read from the memory below.
/// Pages of 4 KiB are taken with the first byte written to them; how many is bounded.
public struct OverlayMemory<Base: GuestMemory & ~Copyable>: GuestMemory, ~Copyable {
  private let base: Base
  private var pages: PageStore
  /// What lies below these addresses no longer holds. Bytes of `pages` that are known stand above.
  private var stale = AddressRanges()

  /// At most this many bytes of the memory below are lent at once, so that a span of a hostile
  /// length costs a bounded search for pages that lie over it.
  private static var longestBelow: Int { 16 << 20 }

  /// An overlay of nothing yet on `base`, that takes at most `pageLimit` pages of 4 KiB.
  public init(on base: consuming Base, pageLimit: Int = 1 << 16) {
    self.base = base
    pages = PageStore(limit: pageLimit)
  }

  /// How many pages of 4 KiB it holds.
  public var pageCount: Int { pages.count }

  /// Writes `bytes` at `address`.
  ///
  /// - Returns: false when there is no room for all of it or it passes the end of the address
  ///   space. What has no place is not known from then on.
  public mutating func write(_ bytes: RawSpan, at address: UInt64) -> Bool {
    if pages.write(bytes, at: address) { return true }
    forget(at: address, count: UInt64(bytes.byteCount))
    return false
  }

  /// Notes that `count` bytes from `address` on hold something that was not recorded; of a range
  /// that passes the end of the address space, what lies before the end.
  public mutating func forget(at address: UInt64, count: UInt64) {
    guard count > 0 else { return }
    let (last, wraps) = address.addingReportingOverflow(count &- 1)
    let range = address...(wraps ? .max : last)
    pages.forget(range)
    stale.insert(range)
  }

  /// Asks the memory below; what lies over it came from a recording and stays.
  public borrowing func refresh() { base.refresh() }

  public var isWhole: Bool { base.isWhole }

  /// A gap of the memory below; where something was written to it, there is memory.
  public borrowing func gap(in range: ClosedRange<UInt64>) -> UInt64? {
    guard let gap = base.gap(in: range) else { return nil }
    return pages.span(at: gap, count: 1) == nil ? gap : nil
  }

  @_lifetime(borrow self)
  public borrowing func span(at address: UInt64, count: Int) -> RawSpan? {
    if let known = pages.span(at: address, count: count) { return known }
    let free = stale.free(from: address, count: min(count, Self.longestBelow))
    guard free > 0, let below = base.span(at: address, count: free) else { return nil }
    return below.extracting(first: pages.unknown(from: address, count: below.byteCount))
  }
}
