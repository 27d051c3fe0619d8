/// Finds which steps of two lives belong together.
///
/// Equal steps at both ends are paired at once. What is left between is weighed cell by cell where
/// that is small; where it is large it is divided at steps that occur once on both sides. Time and
/// memory are bounded: what is too large and has nothing to divide it stays unpaired, and
/// `isWhole` says so.
struct Aligner {
  /// One place of the alignment: a step of either side, or of both.
  struct Column: Sendable {
    var good: Int?
    var bad: Int?
  }

  private let good: [StepKey]
  private let bad: [StepKey]
  private(set) var columns: [Column] = []
  /// Everything was weighed.
  private(set) var isWhole = true
  private var cells: Int
  private let leafLimit: Int

  /// Cells of one table, and of all tables of an alignment.
  static var leafLimit: Int { 1 << 22 }
  static var cellLimit: Int { 1 << 26 }
  private static var depthLimit: Int { 48 }

  init(
    _ good: [StepKey], _ bad: [StepKey], leafLimit: Int = Aligner.leafLimit,
    cellLimit: Int = Aligner.cellLimit
  ) {
    self.good = good
    self.bad = bad
    self.leafLimit = leafLimit
    cells = cellLimit
    columns.reserveCapacity(max(good.count, bad.count))
    align(good.indices, bad.indices, depth: 0)
  }

  private mutating func align(_ x: Range<Int>, _ y: Range<Int>, depth: Int) {
    var (x, y) = (x, y)
    while let i = x.first, let j = y.first, good[i] == bad[j] {
      columns.append(Column(good: i, bad: j))
      x = x.dropFirst()
      y = y.dropFirst()
    }
    var tail = 0
    while let i = x.last, let j = y.last, good[i] == bad[j] {
      tail += 1
      x = x.dropLast()
      y = y.dropLast()
    }
    alignMiddle(x, y, depth: depth)
    for step in 0..<tail {
      columns.append(Column(good: x.upperBound + step, bad: y.upperBound + step))
    }
  }

  private mutating func alignMiddle(_ x: Range<Int>, _ y: Range<Int>, depth: Int) {
    guard !x.isEmpty, !y.isEmpty else { return leaveApart(x, y) }
    let (size, isHuge) = x.count.multipliedReportingOverflow(by: y.count)
    if !isHuge, size <= leafLimit, size <= cells {
      cells -= size
      return weigh(x, y)
    }
    let anchors = depth < Self.depthLimit ? self.anchors(x, y) : []
    guard !anchors.isEmpty else {
      isWhole = false
      return leaveApart(x, y)
    }
    var (i, j) = (x.lowerBound, y.lowerBound)
    for anchor in anchors {
      align(i..<anchor.0, j..<anchor.1, depth: depth + 1)
      columns.append(Column(good: anchor.0, bad: anchor.1))
      (i, j) = (anchor.0 + 1, anchor.1 + 1)
    }
    align(i..<x.upperBound, j..<y.upperBound, depth: depth + 1)
  }

  private mutating func leaveApart(_ x: Range<Int>, _ y: Range<Int>) {
    for i in x { columns.append(Column(good: i)) }
    for j in y { columns.append(Column(bad: j)) }
  }

  // MARK: Small stretches

  /// What it is worth to pair two steps; 0 where they have nothing to do with each other.
  static func worth(_ a: StepKey, _ b: StepKey) -> Int32 {
    if a == b { return 6 }
    guard a.topic == b.topic else { return 0 }
    if a.isVague || b.isVague { return 4 }
    guard a.queue == b.queue, a.index == b.index else { return 0 }
    if !a.isKnown || !b.isKnown { return 4 }
    // Two writes of the status may be two stations on the way.
    return a.topic == .status || a.topic == .statusRead ? 2 : 3
  }

  /// The pairing of the greatest worth; of equal ones the one that pairs earlier.
  private mutating func weigh(_ x: Range<Int>, _ y: Range<Int>) {
    let width = y.count
    // What each cell does: 0 pairs, 1 leaves the step of GOOD alone, 2 that of BAD.
    var moves = [UInt8](repeating: 0, count: x.count * width)
    var below = [Int32](repeating: 0, count: width + 1)
    for i in x.reversed() {
      var row = [Int32](repeating: 0, count: width + 1)
      let base = (i - x.lowerBound) * width
      for column in stride(from: width - 1, through: 0, by: -1) {
        let worth = Self.worth(good[i], bad[y.lowerBound + column])
        let paired = worth > 0 ? below[column + 1] + worth : -1
        let best = max(paired, below[column], row[column + 1])
        row[column] = best
        moves[base + column] = paired == best ? 0 : below[column] == best ? 1 : 2
      }
      below = row
    }
    follow(moves, x, y)
  }

  private mutating func follow(_ moves: [UInt8], _ x: Range<Int>, _ y: Range<Int>) {
    var (i, j) = (x.lowerBound, y.lowerBound)
    while i < x.upperBound, j < y.upperBound {
      switch moves[(i - x.lowerBound) * y.count + (j - y.lowerBound)] {
      case 0:
        columns.append(Column(good: i, bad: j))
        (i, j) = (i + 1, j + 1)
      case 1:
        columns.append(Column(good: i))
        i += 1
      default:
        columns.append(Column(bad: j))
        j += 1
      }
    }
    leaveApart(i..<x.upperBound, j..<y.upperBound)
  }

  // MARK: Large stretches

  /// Steps that occur once on each side, as many of them as come in the same order.
  private func anchors(_ x: Range<Int>, _ y: Range<Int>) -> [(Int, Int)] {
    var places: [StepKey: (good: Int, bad: Int, goodCount: Int, badCount: Int)] = [:]
    for i in x {
      places[good[i], default: (i, 0, 0, 0)].goodCount += 1
      places[good[i]]?.good = i
    }
    for j in y where places[bad[j]] != nil {
      places[bad[j]]?.badCount += 1
      places[bad[j]]?.bad = j
    }
    let pairs = places.values.filter { $0.goodCount == 1 && $0.badCount == 1 }
      .map { ($0.good, $0.bad) }.sorted { $0.0 < $1.0 }
    return Self.longestAscending(pairs)
  }

  /// The most pairs whose second numbers ascend.
  static func longestAscending(_ pairs: [(Int, Int)]) -> [(Int, Int)] {
    var piles: [Int] = []
    var before = [Int](repeating: -1, count: pairs.count)
    for place in pairs.indices {
      var (low, high) = (0, piles.count)
      while low < high {
        let middle = (low + high) / 2
        if pairs[piles[middle]].1 < pairs[place].1 { low = middle + 1 } else { high = middle }
      }
      if low > 0 { before[place] = piles[low - 1] }
      if low == piles.count { piles.append(place) } else { piles[low] = place }
    }
    var chain: [(Int, Int)] = []
    var place = piles.last ?? -1
    while place >= 0 {
      chain.append(pairs[place])
      place = before[place]
    }
    return chain.reversed()
  }
}
