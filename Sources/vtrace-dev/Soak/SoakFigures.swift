import Foundation

/// What was measured in a while.
struct SoakFigures {
  /// Seconds that each key took to be answered; nil for one that was not.
  var answers: [Double?] = []
  var rate = 0.0
  /// Resident memory of each interval, in bytes; of one interval the memory at its end.
  private var memories: [UInt64] = []

  var memory: UInt64 {
    get { memories.last ?? 0 }
    set { memories = [newValue] }
  }

  mutating func add(_ other: SoakFigures) {
    answers += other.answers
    memories += other.memories
  }

  private var sorted: [Double] { answers.compactMap { $0 }.sorted() }

  private func quantile(_ part: Double) -> String {
    let all = sorted
    guard !all.isEmpty else { return "-" }
    return Self.milliseconds(all[min(Int(Double(all.count) * part), all.count - 1)])
  }

  private static func milliseconds(_ seconds: Double) -> String {
    String(format: "%.1f ms", seconds * 1000)
  }

  private static func megabytes(_ bytes: UInt64) -> String {
    String(format: "%.1f MB", Double(bytes) / 1e6)
  }

  /// A line of the table.
  func line(at time: Double, records: UInt64) -> String {
    let words = [
      (String(format: "%.0f s", time), 7), ("\(records)", 10), (String(format: "%.0f", rate), 10),
      (Self.megabytes(memory), 9), ("\(answers.count)", 5), (quantile(0.5), 9),
      (quantile(0.99), 9), (quantile(1), 9),
    ]
    let missing = answers.count { $0 == nil }
    return words.map { text, width in
      String(repeating: " ", count: max(width - text.count, 0)) + text
    }.joined(separator: " ") + (missing > 0 ? "  \(missing) keys without an answer" : "")
  }

  /// All of it.
  func summary(over time: Double, _ records: UInt64) -> String {
    let missing = answers.count { $0 == nil }
    let late = sorted.count { $0 > 0.1 }
    return """
      \(String(format: "%.0f", time)) s, \(records) records, \
      \(String(format: "%.0f", Double(records) / time)) a second; RSS \
      \(Self.megabytes(memories.min() ?? 0)) to \(Self.megabytes(memories.max() ?? 0)), at the end \
      \(Self.megabytes(memory)); \(answers.count) keys, answered in \(quantile(0.5)) (median), \
      \(quantile(0.99)) (99 %), \(quantile(1)) (slowest), \(late) later than 100 ms, \
      \(missing) never
      """
  }
}
