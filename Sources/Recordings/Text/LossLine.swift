internal import Model
internal import Wire

/// A line that says that events were lost.
///
///     CPU:1 [LOST 123 EVENTS]        the kernel's `trace` and `trace_pipe`
///     CPU:1 [123 EVENTS DROPPED]     trace-cmd; without a number when it does not know
///     CPU 1 lost 123 events
///     … PERF_RECORD_LOST lost 123    perf script, as the body of an event
struct LossLine {
  /// How many, 0 when the line does not say.
  var count: UInt64 = 0
  var cpu: UInt16 = Access.noCPU

  init?(_ line: RawSpan) {
    var cursor = TextCursor(line)
    cursor.skipSpaces()
    cursor.expect("CPU")
    _ = cursor.skip(UInt8(ascii: ":")) || cursor.skip(UInt8(ascii: " "))
    cpu = cursor.number(UInt16.self)
    guard cursor.isComplete else { return nil }
    var saysLost = false
    while cursor.isComplete, !cursor.isAtEnd {
      cursor.skipSpaces()
      _ = cursor.skip(UInt8(ascii: "["))
      if cursor.next.isDigit {
        count = cursor.decimal()
      } else if cursor.skip("LOST") || cursor.skip("lost") || cursor.skip("DROPPED") {
        saysLost = true
      } else {
        cursor.step()
      }
    }
    guard saysLost, cursor.isComplete else { return nil }
  }

  /// The body of perf's record, `lost 123`.
  init(perf line: RawSpan, from start: Int) {
    var cursor = TextCursor(line, at: start)
    cursor.skipSpaces()
    cursor.expect("lost ")
    count = cursor.decimal()
  }

  /// Whether a line belongs to what the tools print around the events.
  static func isHeader(_ line: RawSpan) -> Bool {
    line.has("#", at: 0) || line.has("cpus=", at: 0) || line.has("version = ", at: 0)
      || line.has("CPU ", at: 0)
  }
}
