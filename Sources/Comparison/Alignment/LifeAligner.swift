/// Finds which lives of two devices belong together: a firmware's life with the firmware's, a
/// driver's second try with its second try.
enum LifeAligner {
  /// Lives that are weighed against each other; beyond, they are paired in order.
  static var limit: Int { 64 }

  /// Pairs in the order of the lives; `isWhole` is false where lives were paired by order alone.
  static func align(
    _ good: [ComparedLife], _ bad: [ComparedLife]
  ) -> (columns: [Aligner.Column], isWhole: Bool) {
    let goodBags = good.map(Bag.init)
    let badBags = bad.map(Bag.init)
    var head = 0
    while head < min(good.count, bad.count), goodBags[head].keys == badBags[head].keys { head += 1 }
    var columns = (0..<head).map { Aligner.Column(good: $0, bad: $0) }
    guard good.count - head <= limit, bad.count - head <= limit else {
      for place in head..<max(good.count, bad.count) {
        columns.append(
          Aligner.Column(
            good: place < good.count ? place : nil, bad: place < bad.count ? place : nil))
      }
      return (columns, false)
    }
    columns += weigh(goodBags, badBags, from: head)
    return (columns, true)
  }

  /// The steps of a life without their order.
  private struct Bag {
    var keys: [StepKey: Int] = [:]
    var count = 0

    init(_ life: ComparedLife) {
      for step in life.steps { keys[step.key, default: 0] += 1 }
      count = life.steps.count
    }

    /// How alike two lives are, from 1 to 2001: the share of steps in common, of the shorter life
    /// and of both. A life that breaks off early is still like the one that goes on.
    func likeness(_ other: Bag) -> Int {
      guard count > 0, other.count > 0 else { return 1 }
      var common = 0
      for (key, number) in keys { common += min(number, other.keys[key] ?? 0) }
      return 1 + common * 1000 / min(count, other.count)
        + common * 2 * 1000 / (count + other.count)
    }
  }

  private static func weigh(_ good: [Bag], _ bad: [Bag], from head: Int) -> [Aligner.Column] {
    let rows = good.count - head
    let width = bad.count - head
    var sums = [[Int]](repeating: [Int](repeating: 0, count: width + 1), count: rows + 1)
    var likeness = [[Int]](repeating: [Int](repeating: 0, count: width), count: rows)
    for i in stride(from: rows - 1, through: 0, by: -1) {
      for j in stride(from: width - 1, through: 0, by: -1) {
        likeness[i][j] = good[head + i].likeness(bad[head + j])
        sums[i][j] = max(sums[i + 1][j], sums[i][j + 1], sums[i + 1][j + 1] + likeness[i][j])
      }
    }
    var columns: [Aligner.Column] = []
    var (i, j) = (0, 0)
    while i < rows || j < width {
      if i < rows, j < width, sums[i][j] == sums[i + 1][j + 1] + likeness[i][j] {
        columns.append(Aligner.Column(good: head + i, bad: head + j))
        (i, j) = (i + 1, j + 1)
      } else if i < rows, j == width || sums[i][j] == sums[i + 1][j] {
        columns.append(Aligner.Column(good: head + i))
        i += 1
      } else {
        columns.append(Aligner.Column(bad: head + j))
        j += 1
      }
    }
    return columns
  }
}
