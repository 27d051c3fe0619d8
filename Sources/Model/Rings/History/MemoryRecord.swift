/// A record of guest memory: which bytes, and who wrote them.
struct MemoryRecord {
  var first: UInt64
  var last: UInt64
  /// The bytes as they were found; else written.
  var isSnapshot: Bool
  var isByDevice: Bool

  init(access: Access, last: UInt64) {
    first = access.address
    self.last = last
    isSnapshot = access.code == 0
    isByDevice = access.code == 2
  }

  /// The addresses that the record shares with `range`.
  func overlap(with range: ClosedRange<UInt64>) -> ClosedRange<UInt64>? {
    first <= range.upperBound && range.lowerBound <= last
      ? max(first, range.lowerBound)...min(last, range.upperBound) : nil
  }

  /// Whether the record shares a byte with `count` bytes from `address` on.
  func overlaps(_ address: UInt64, count: UInt64) -> Bool {
    guard count > 0 else { return false }
    let (end, wraps) = address.addingReportingOverflow(count &- 1)
    return !wraps && first <= end && address <= last
  }

  func overlaps(_ buffer: RingBuffer) -> Bool {
    overlaps(buffer.address, count: UInt64(buffer.length))
  }

  /// Whether every byte of the record is one of `buffer`.
  func isInside(_ buffer: RingBuffer) -> Bool {
    let (end, wraps) = buffer.address.addingReportingOverflow(UInt64(buffer.length) &- 1)
    return buffer.length > 0 && !wraps && buffer.address <= first && last <= end
  }
}
