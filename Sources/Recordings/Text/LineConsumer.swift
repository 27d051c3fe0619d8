internal import Model
internal import Wire

/// Makes accesses of lines; `readLines` brings it the lines.
protocol LineConsumer {
  var batch: TextBatch { get set }

  /// Takes a line without its line end; `number` counts from 1.
  mutating func take(_ line: RawSpan, number: UInt64, summary: inout InputSummary)

  /// Whether a last line that has no line end is certainly all there.
  func isWhole(_ line: RawSpan) -> Bool
}

/// A text is told by its first lines; this much of it is looked at.
let textHeadLimit = 64 << 10

/// Longer lines than this are no line of any format here.
private let lineLimit = 64 << 10

extension LineConsumer {
  /// Reads `source` to its end, a line at a time.
  ///
  /// What is at hand is handed on before more is waited for, so that a pipe can be followed.
  mutating func readLines(
    _ source: inout ByteSource, into sink: inout some (AccessSink & ~Copyable),
    summary: inout InputSummary
  ) {
    var lines = LineCounter()
    var consumed = 0
    repeat {
      consumed = takeLines(of: source.bytes, &lines, into: &sink, summary: &summary)
      batch.flush(into: &sink)
    } while source.refill(consumed: consumed) == .grew
    takeRest(of: source.bytes, lines, summary: &summary)
  }

  /// Takes the whole lines of a window, and returns how many bytes they were.
  private mutating func takeLines(
    of window: RawSpan, _ lines: inout LineCounter, into sink: inout some (AccessSink & ~Copyable),
    summary: inout InputSummary
  ) -> Int {
    var start = 0
    while let end = window.firstIndex(of: 0x0a, from: start) {
      if lines.isInsideLongLine {
        lines.isInsideLongLine = false
      } else {
        lines.number &+= 1
        if end &- start > lineLimit {
          noteLongLine(lines.number, &summary)
        } else {
          take(Self.line(window, start..<end), number: lines.number, summary: &summary)
          if batch.isFull { batch.flush(into: &sink) }
        }
      }
      start = end &+ 1
    }
    guard window.byteCount &- start > lineLimit || lines.isInsideLongLine else { return start }
    if !lines.isInsideLongLine {
      lines.number &+= 1
      lines.isInsideLongLine = true
      noteLongLine(lines.number, &summary)
    }
    return window.byteCount
  }

  /// Takes what follows the last line end: a line that was cut, unless it shows that it was not.
  private mutating func takeRest(
    of window: RawSpan, _ lines: LineCounter, summary: inout InputSummary
  ) {
    guard window.byteCount > 0, !lines.isInsideLongLine else { return }
    let line = Self.line(window, 0..<window.byteCount)
    let number = lines.number &+ 1
    if line.byteCount == 0 { return }
    if isWhole(line) {
      take(line, number: number, summary: &summary)
    } else {
      summary.truncated = true
      summary.note("the last line has no end and is not used", at: number)
    }
  }

  private func noteLongLine(_ number: UInt64, _ summary: inout InputSummary) {
    summary.note("line is longer than \(lineLimit) bytes", at: number)
    summary.skip("line longer than \(lineLimit) bytes", record: number)
  }

  /// The bytes of a line without the carriage return that may precede its line feed.
  @inline(__always) @_lifetime(copy window)
  private static func line(_ window: RawSpan, _ range: Range<Int>) -> RawSpan {
    var end = range.upperBound
    if end > range.lowerBound, window.byte(at: end &- 1) == 0x0d { end &-= 1 }
    return window.extracting(range.lowerBound..<end)
  }
}

/// Where in the lines of an input a reader is.
private struct LineCounter {
  var number: UInt64 = 0
  /// The rest of a line that was too long is passed over.
  var isInsideLongLine = false
}
