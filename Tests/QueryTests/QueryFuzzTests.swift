import Model
import Query
import Testing

/// Filters that chance writes: read, asked and completed without a crash, and in no time.
@Suite struct QueryFuzzTests {
  private static let parts =
    QueryField.allCases.map(\.name) + [
      "==", "!=", "<", "<=", ">", ">=", "&", "&&", "||", "!", "(", ")", "{", "}", ",", "..", "|",
      "~",
      "in", "matches", "contains", "and", "or", "not", "0", "1", "0x4", "1.5", "20ms", "blk",
      "kick",
      "DRIVER_OK", "VERSION_1", "core.init", "\"a\"", "'(a+)+$'", "\"[\"", "\"", "'", "-", "_", "é",
      "0x", "99999999999999999999", "=", "\\", "\u{0}", "#", "status", "driver",
    ]

  @Test(arguments: 0..<8)
  func randomFilters(seed: Int) {
    var numbers = SplitMix(seed: UInt64(seed) &* 7919)
    let subjects = QueryFuzzTests.subjects
    var right = 0
    for _ in 0..<1500 {
      var text = ""
      for _ in 0..<numbers.below(14) {
        text += Self.parts[numbers.below(Self.parts.count)]
        if numbers.below(5) > 0 { text += " " }
      }
      if let query = try? Query(text) {
        right += 1
        var run = QueryRun(query)
        for subject in subjects { _ = run.matches(subject, id: "0000:00:03.0") }
      } else if let problem = problem(text) {
        #expect(problem.column >= 1 && problem.column <= text.count + 1)
        _ = problem.marked(in: text)
      }
      _ = Query.complete(text)
    }
    #expect(right > 20)
  }

  private static let subjects = Transaction.Kind.allCases.map { kind in
    subject(
      Transaction(
        kind, at: RecordReference(record: 1, time: .min, location: .max), value: .max, queue: 3,
        index: .max))
  }

  /// Patterns that take for ever where ways are tried one after another.
  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      "(a+)+$", "(a|a)*$", "(a|aa)+$", "(.*a){20}", "((a*)*)*b", "(x+x+)+y", "(a{1,16}){1,16}b",
    ])
  func patternsTakeNoTime(pattern: String) throws {
    var run = QueryRun(try Query("device ~ '\(pattern)'"))
    let id = String(repeating: "a", count: 2000) + "!" + String(repeating: "x", count: 2000)
    for device in 0..<4 {
      _ = run.matches(
        subject(Transaction(.kick, at: .none), device: Int32(device)), id: id)
    }
  }

  private struct SplitMix {
    var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
      return z ^ z >> 31
    }
    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
  }
}
