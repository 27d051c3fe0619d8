internal import Wire

/// The parts of one line of QEMU's log that every trace event has.
///
///     4155@1795396797.976176:virtio_set_status vdev 0x558790b7f600 val 3
///     thread, seconds, microseconds, event, body
///
/// Without time stamps the line begins with the event.
struct QEMULine {
  /// The host thread that printed the line (a process in old versions), nil when it does not say.
  var thread: UInt64?
  /// Nanoseconds since the epoch, nil when the line does not say.
  var time: Int64?
  /// Where the event's name lies in the line.
  var name: Range<Int>

  /// Takes a line apart, nil when it is none of a trace event.
  ///
  /// A line without thread and time must begin with a name that holds an underscore, as all
  /// names of events do that this reader knows; other lines are what else QEMU and its guest print.
  @inline(__always)
  init?(_ line: RawSpan) {
    var cursor = TextCursor(line)
    if cursor.next.isDigit {
      let thread = cursor.decimal()
      cursor.expect("@")
      let seconds = cursor.decimal()
      cursor.expect(".")
      let before = cursor.position
      let fraction = cursor.decimal()
      let digits = cursor.position &- before
      cursor.expect(":")
      guard cursor.isComplete, let time = Self.time(seconds, fraction, digits: digits) else {
        return nil
      }
      self.thread = thread
      self.time = time
    }
    let start = cursor.position
    var end = start
    var underscores = 0
    while end < line.byteCount, line.byte(at: end).isEventName {
      if line.byte(at: end) == UInt8(ascii: "_") { underscores &+= 1 }
      end &+= 1
    }
    guard end > start, end == line.byteCount || line.byte(at: end).isBlank,
      thread != nil || underscores > 0
    else { return nil }
    name = start..<end
  }

  /// Nanoseconds of a decimal number of seconds with `digits` digits of fraction, at most 9.
  @inline(__always)
  static func time(_ seconds: UInt64, _ fraction: UInt64, digits: Int) -> Int64? {
    guard digits <= 9, digits > 0 else { return nil }
    var nanoseconds = fraction
    if digits == 6 {
      nanoseconds &*= 1000
    } else {
      for _ in digits..<9 { nanoseconds &*= 10 }
    }
    let (whole, over) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, carry) = whole.addingReportingOverflow(nanoseconds)
    return over || carry ? nil : Int64(exactly: sum)
  }
}
