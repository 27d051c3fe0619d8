/// A set of thread numbers, made for one insertion per event.
struct ThreadSet {
  /// Linux has no thread number from here on.
  private static var limit: Int { 1 << 22 }
  private var words: [UInt64] = []
  /// The words that are not zero.
  private var used: [Int] = []

  @inline(__always)
  mutating func insert(_ thread: Int32) {
    guard thread >= 0, thread < Self.limit else { return }
    if words.isEmpty { words = [UInt64](repeating: 0, count: Self.limit / 64) }
    let place = Int(thread) >> 6
    if words[place] == 0 { used.append(place) }
    words[place] |= 1 << UInt64(thread & 63)
  }

  /// The threads in ascending order, at most `limit` of them, and how many there are.
  func listed(limit: Int) -> (threads: [Int32], count: Int) {
    var threads: [Int32] = []
    var count = 0
    for index in used.sorted() {
      let word = words[index]
      count += word.nonzeroBitCount
      for bit in 0..<64 where word >> bit & 1 != 0 && threads.count < limit {
        threads.append(Int32(index * 64 + bit))
      }
    }
    return (threads, count)
  }
}
