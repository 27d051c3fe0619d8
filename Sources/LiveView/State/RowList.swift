/// The transactions that are listed, by number: all that are kept, or those that pass a filter.
struct RowList: Sendable {
  private var range: Range<UInt64> = 0..<0
  /// Numbers that pass, ascending, from `start` on; nil without a filter.
  private var passing: [UInt64]?
  private var start = 0
  /// The number behind the last one that was looked at.
  private var seen: UInt64 = 0

  var isFiltered: Bool { passing != nil }

  var count: Int {
    passing.map { $0.count - start } ?? Int(clamping: range.upperBound - range.lowerBound)
  }

  /// Begins anew, with a filter or without.
  mutating func reset(filtered: Bool) {
    passing = filtered ? [] : nil
    start = 0
    seen = range.lowerBound
  }

  /// The kept transactions are these now.
  mutating func take(_ kept: Range<UInt64>) {
    range = kept
    guard let numbers = passing else { return }
    while start < numbers.count, numbers[start] < kept.lowerBound { start += 1 }
    if start > 4096, start > numbers.count / 2 {
      passing?.removeFirst(start)
      start = 0
    }
  }

  /// Looks at up to `budget` transactions that were not looked at; whether any are left.
  mutating func filter(budget: Int, _ passes: (UInt64) -> Bool) -> Bool {
    guard passing != nil else { return false }
    seen = max(seen, range.lowerBound)
    let end = min(range.upperBound, seen &+ UInt64(budget))
    while seen < end {
      if passes(seen) { passing?.append(seen) }
      seen &+= 1
    }
    return seen < range.upperBound
  }

  /// Lists a number that was passed over.
  mutating func insert(_ number: UInt64) {
    guard passing != nil, number < seen, number >= range.lowerBound else { return }
    let row = row(of: number)
    if self.number(at: row) != number { passing?.insert(number, at: start + row) }
  }

  /// The number in a row; nil outside.
  func number(at row: Int) -> UInt64? {
    guard row >= 0, row < count else { return nil }
    guard let passing else { return range.lowerBound &+ UInt64(row) }
    return passing[start + row]
  }

  /// The row of a number, or of the first one behind it.
  func row(of number: UInt64) -> Int {
    guard let passing else {
      return Int(clamping: min(max(number, range.lowerBound), range.upperBound) - range.lowerBound)
    }
    var low = start
    var high = passing.count
    while low < high {
      let middle = (low + high) / 2
      if passing[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low - start
  }
}
