/// A bounded set of addresses, as ranges in order.
///
/// When there are more ranges than it may keep, neighbours are joined, so that the set then holds
/// more addresses than were put in, never fewer.
struct AddressRanges {
  private(set) var ranges: [ClosedRange<UInt64>] = []
  private let limit: Int

  init(limit: Int = 1 << 12) { self.limit = max(limit, 1) }

  /// The index of the first range that ends at `address` or later.
  private func index(at address: UInt64) -> Int {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = low &+ (high &- low) / 2
      if ranges[middle].upperBound < address { low = middle &+ 1 } else { high = middle }
    }
    return low
  }

  /// Puts in all addresses of `range`.
  mutating func insert(_ range: ClosedRange<UInt64>) {
    let first = index(at: range.lowerBound)
    var joined = range
    var end = first
    while end < ranges.count, ranges[end].lowerBound <= range.upperBound {
      joined =
        min(
          joined.lowerBound, ranges[end].lowerBound)...max(
          joined.upperBound, ranges[end].upperBound)
      end &+= 1
    }
    ranges.replaceSubrange(first..<end, with: CollectionOfOne(joined))
    guard ranges.count > limit else { return }
    let lower = first > 0 ? first &- 1 : 0
    ranges[lower] = ranges[lower].lowerBound...ranges[lower &+ 1].upperBound
    ranges.remove(at: lower &+ 1)
  }

  /// How many of the `count` addresses from `address` on are not in the set, up to the first that
  /// is.
  func free(from address: UInt64, count: Int) -> Int {
    let index = index(at: address)
    guard index < ranges.count else { return count }
    guard ranges[index].lowerBound > address else { return 0 }
    return min(count, Int(clamping: ranges[index].lowerBound &- address))
  }
}
