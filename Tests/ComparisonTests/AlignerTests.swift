import Testing

@testable import Comparison

/// The alignment against a plain one, and its bounds.
@Suite struct AlignerTests {
  private static func key(_ number: Int, value: UInt64 = 0) -> StepKey {
    StepKey(.config, index: UInt32(number), value: value)
  }

  /// Every step stands in the alignment once, in its order.
  private func expectWhole(_ columns: [Aligner.Column], _ good: Int, _ bad: Int) {
    #expect(columns.compactMap(\.good) == Array(0..<good))
    #expect(columns.compactMap(\.bad) == Array(0..<bad))
    #expect(columns.allSatisfy { $0.good != nil || $0.bad != nil })
  }

  private static func worth(_ columns: [Aligner.Column], _ good: [StepKey], _ bad: [StepKey]) -> Int
  {
    columns.reduce(0) { sum, column in
      guard let i = column.good, let j = column.bad else { return sum }
      return sum + Int(Aligner.worth(good[i], bad[j]))
    }
  }

  /// The greatest worth there is, by trying everything.
  private static func best(_ good: ArraySlice<StepKey>, _ bad: ArraySlice<StepKey>) -> Int {
    guard let i = good.first, let j = bad.first else { return 0 }
    let paired = Int(Aligner.worth(i, j))
    return max(
      best(good.dropFirst(), bad), best(good, bad.dropFirst()),
      paired > 0 ? paired + best(good.dropFirst(), bad.dropFirst()) : 0)
  }

  @Test(arguments: 1...60)
  func smallOnesAreTheBest(seed: UInt64) {
    var random = SplitMix(state: seed)
    func steps() -> [StepKey] {
      (0..<Int.random(in: 0...7, using: &random)).map { _ in
        Self.key(Int.random(in: 0...2, using: &random), value: .random(in: 0...1, using: &random))
      }
    }
    let (good, bad) = (steps(), steps())
    let aligner = Aligner(good, bad)
    expectWhole(aligner.columns, good.count, bad.count)
    #expect(aligner.isWhole)
    // Equal ends are paired at once, which may cost a pair of equal places elsewhere, but never a
    // pair of equal steps.
    let equal = { (columns: [Aligner.Column]) in
      columns.count { column in
        column.good.flatMap { i in column.bad.map { good[i] == bad[$0] } } ?? false
      }
    }
    let same = Self.commonCount(good[...], bad[...])
    #expect(equal(aligner.columns) <= same)
    if good.first != bad.first, good.last != bad.last {
      #expect(Self.worth(aligner.columns, good, bad) == Self.best(good[...], bad[...]))
    }
  }

  private static func commonCount(_ a: ArraySlice<StepKey>, _ b: ArraySlice<StepKey>) -> Int {
    guard let i = a.first, let j = b.first else { return 0 }
    if i == j { return 1 + commonCount(a.dropFirst(), b.dropFirst()) }
    return max(commonCount(a.dropFirst(), b), commonCount(a, b.dropFirst()))
  }

  /// Long lives that differ here and there are divided and still paired step by step.
  @Test func longOnesAreDivided() {
    let good = (0..<20_000).map { Self.key($0) }
    var bad = good
    for place in stride(from: 500, to: 20_000, by: 1_000) { bad[place] = Self.key(100_000 + place) }
    bad.removeSubrange(7_000..<7_003)
    let aligner = Aligner(good, bad, leafLimit: 10_000)
    expectWhole(aligner.columns, good.count, bad.count)
    #expect(aligner.isWhole)
    let paired = aligner.columns.count { column in
      column.good.flatMap { i in column.bad.map { good[i] == bad[$0] } } ?? false
    }
    #expect(paired == 20_000 - 20 - 3)
  }

  /// What has nothing in common and is too large to weigh costs neither time nor memory.
  @Test func hugeOnesWithoutAnythingInCommonStayApart() {
    let good = (0..<16_000).map { Self.key($0 % 7, value: 1) }
    let bad = (0..<16_000).map { Self.key($0 % 7, value: 2) }
    let aligner = Aligner(good, bad)
    expectWhole(aligner.columns, good.count, bad.count)
    #expect(!aligner.isWhole)
    #expect(aligner.columns.count == 32_000)
  }

  /// All tables of an alignment together have a limit.
  @Test func tablesHaveALimitTogether() {
    let good = (0..<4_000).map { Self.key($0, value: $0 % 10 == 0 ? 0 : 1) }
    let bad = (0..<4_000).map { Self.key($0, value: $0 % 10 == 0 ? 0 : 2) }
    let aligner = Aligner(good, bad, leafLimit: 100, cellLimit: 2_000)
    expectWhole(aligner.columns, good.count, bad.count)
    #expect(!aligner.isWhole)
  }

  @Test(arguments: 1...40)
  func theLongestAscendingRun(seed: UInt64) {
    var random = SplitMix(state: seed)
    let pairs = (0..<9).shuffled(using: &random).enumerated().map { ($0, $1) }
    let found = Aligner.longestAscending(pairs)
    #expect(zip(found, found.dropFirst()).allSatisfy { $0.0 < $1.0 && $0.1 < $1.1 })
    var longest = 0
    for subset in 0..<1 << pairs.count {
      let chosen = pairs.indices.filter { subset >> $0 & 1 == 1 }.map { pairs[$0].1 }
      if zip(chosen, chosen.dropFirst()).allSatisfy(<) { longest = max(longest, chosen.count) }
    }
    #expect(found.count == longest)
  }
}
