/// The next event of one stream: streams are merged by time, at equal times by their order.
struct MergeKey: Equatable {
  var time: UInt64
  var stream: Int

  @inline(__always)
  func precedes(_ other: MergeKey) -> Bool {
    time < other.time || (time == other.time && stream < other.stream)
  }

  /// Comes after every event.
  static var last: MergeKey { MergeKey(time: .max, stream: .max) }
}

/// The streams that still have events, the one with the earliest first: a binary heap.
struct MergeQueue {
  private var keys: [MergeKey] = []

  var first: MergeKey? { keys.first }

  /// The key that comes right after the first one.
  var second: MergeKey {
    if keys.count > 2 { return keys[2].precedes(keys[1]) ? keys[2] : keys[1] }
    return keys.count == 2 ? keys[1] : .last
  }

  mutating func insert(_ key: MergeKey) {
    keys.append(key)
    var place = keys.count - 1
    while place > 0, key.precedes(keys[(place - 1) / 2]) {
      keys.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func removeFirst() {
    guard let last = keys.popLast(), !keys.isEmpty else { return }
    replaceFirst(last)
  }

  mutating func replaceFirst(_ key: MergeKey) {
    guard !keys.isEmpty else { return }
    var place = 0
    while true {
      var child = 2 * place + 1
      guard child < keys.count else { break }
      if child + 1 < keys.count, keys[child + 1].precedes(keys[child]) { child += 1 }
      guard keys[child].precedes(key) else { break }
      keys[place] = keys[child]
      place = child
    }
    keys[place] = key
  }
}
