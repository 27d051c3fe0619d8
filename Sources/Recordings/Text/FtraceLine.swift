internal import Model
internal import Wire

/// The parts of one line of ftrace's or perf's text that every event has.
///
///     qemu-system-x86-28035 (  28001) [000] d..1. 5148.156201: kvm_pio: pio_read at 0x71 …
///     task-thread, thread group, CPU, latency flags, time, event, body
///     qemu-system-x86 28001/28035 [000] 5148.156201:  1 kvm:kvm_pio: pio_read at 0x71 …
///
/// The time stamp is found first, for all before it but the thread may be missing and a task's
/// name may hold anything.
struct FtraceLine {
  /// Nanoseconds; a clock that counts something else is taken as it is.
  var time: Int64
  /// Where the event's name lies in the line, without its subsystem.
  var name: Range<Int>
  /// Where the body begins.
  var body: Int
  /// Whether the name has a subsystem in front, as perf prints it.
  var hasSubsystem: Bool
  private let headEnd: Int

  /// Takes a line apart, nil when it is none of an event.
  @inline(__always)
  init?(_ line: RawSpan) {
    var start = 0
    while true {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":"), from: start) else { return nil }
      if let stamp = Stamp(line, endingAt: colon) {
        guard let event = EventWord(line, from: colon &+ 1) else { return nil }
        let head = FtraceHead.end(line, before: stamp.start)
        if !stamp.hasFraction, FtraceHead(line, end: head).cpu == Access.noCPU { return nil }
        time = stamp.time
        name = event.name
        body = event.end
        hasSubsystem = event.hasSubsystem
        headEnd = head
        return
      }
      start = colon &+ 1
    }
  }

  /// Who made the record.
  func head(of line: RawSpan) -> FtraceHead { FtraceHead(line, end: headEnd) }
}

/// `5148.156201` or `6333780584` before a colon; in the latency format `248275us+`, microseconds
/// and a mark for the delay that follows.
private struct Stamp {
  var start: Int
  var time: Int64
  var hasFraction: Bool

  @inline(__always)
  init?(_ line: RawSpan, endingAt colon: Int) {
    guard colon &+ 1 >= line.byteCount || line.byte(at: colon &+ 1).isBlank else { return nil }
    var end = colon
    let isMicroseconds =
      end > 3 && !line.byte(at: end &- 1).isDigit && line.has("us", at: end &- 3)
    if isMicroseconds { end &-= 3 }
    var index = end
    while index > 0, line.byte(at: index &- 1).isDigit { index &-= 1 }
    let digits = end &- index
    guard digits > 0 else { return nil }
    hasFraction = index > 0 && line.byte(at: index &- 1) == UInt8(ascii: ".")
    if hasFraction {
      index &-= 1
      let dot = index
      while index > 0, line.byte(at: index &- 1).isDigit { index &-= 1 }
      guard index < dot else { return nil }
    }
    guard index == 0 || line.byte(at: index &- 1).isBlank else { return nil }
    start = index
    var cursor = TextCursor(line, at: index)
    let whole = cursor.decimal()
    if hasFraction {
      cursor.step()
      let fraction = cursor.decimal()
      guard cursor.isComplete, let time = QEMULine.time(whole, fraction, digits: digits) else {
        return nil
      }
      self.time = time
    } else {
      let (scaled, over) = whole.multipliedReportingOverflow(by: isMicroseconds ? 1000 : 1)
      guard cursor.isComplete, !over, let time = Int64(exactly: scaled) else { return nil }
      self.time = time
    }
  }
}

/// `kvm_pio:` or `kvm:kvm_pio:`, perhaps with perf's period in front.
private struct EventWord {
  var name: Range<Int>
  var end: Int
  var hasSubsystem: Bool

  @inline(__always)
  init?(_ line: RawSpan, from start: Int) {
    var cursor = TextCursor(line, at: start)
    cursor.skipSpaces()
    var word = cursor.word()
    var isNumber = !word.isEmpty
    for index in word where !line.byte(at: index).isDigit {
      isNumber = false
      break
    }
    if isNumber {
      cursor.skipSpaces()
      word = cursor.word()
    }
    guard cursor.isComplete else { return nil }
    if line.has("PERF_RECORD_LOST", at: word.lowerBound) {
      (name, end, hasSubsystem) = (word, word.upperBound, true)
      return
    }
    guard word.count > 1, line.byte(at: word.upperBound &- 1) == UInt8(ascii: ":") else {
      return nil
    }
    end = word.upperBound
    name = word.lowerBound..<end &- 1
    hasSubsystem = false
    if let colon = line.extracting(name).firstIndex(of: UInt8(ascii: ":"), from: 0) {
      hasSubsystem = true
      if colon &+ 1 < name.count { name = name.lowerBound &+ colon &+ 1..<name.upperBound }
    }
  }
}

/// What stands before the time stamp.
struct FtraceHead {
  /// The thread, or where none is told a number that only lines of the same CPU share.
  var thread: UInt64
  var cpu: UInt16

  /// Where the head ends: the blanks before `start` are no part of it.
  @inline(__always)
  static func end(_ line: RawSpan, before start: Int) -> Int {
    var end = start
    while end > 0, line.byte(at: end &- 1).isBlank { end &-= 1 }
    return end
  }

  init(_ line: RawSpan, end: Int) {
    cpu = Access.noCPU
    var end = end
    let last = Self.word(line, endingAt: end)
    let before = Self.word(line, endingAt: Self.end(line, before: last.lowerBound))
    if let found = Self.bracketed(line, last) {
      cpu = found
      end = last.lowerBound
    } else if let found = Self.bracketed(line, before) {
      // Latency flags stand between the CPU and the time.
      cpu = found
      end = before.lowerBound
    } else if let found = Self.latency(line, last) {
      cpu = found
      end = last.lowerBound
    }
    end = Self.end(line, before: end)
    if end > 0, line.byte(at: end &- 1) == UInt8(ascii: ")") {
      while end > 0, line.byte(at: end &- 1) != UInt8(ascii: "(") { end &-= 1 }
      end = Self.end(line, before: max(end &- 1, 0))
    }
    var start = end
    while start > 0, line.byte(at: start &- 1).isDigit { start &-= 1 }
    var cursor = TextCursor(line.extracting(0..<end), at: start)
    thread = cursor.decimal()
    if !cursor.isComplete { thread = .max &- UInt64(cpu) }
  }

  /// The word that ends at `end`.
  private static func word(_ line: RawSpan, endingAt end: Int) -> Range<Int> {
    var start = end
    while start > 0, !line.byte(at: start &- 1).isBlank { start &-= 1 }
    return start..<end
  }

  /// The number in `[000]`.
  private static func bracketed(_ line: RawSpan, _ word: Range<Int>) -> UInt16? {
    guard word.count > 2 else { return nil }
    var cursor = TextCursor(line, at: word.lowerBound)
    cursor.expect("[")
    let number = cursor.number(UInt16.self)
    cursor.expect("]")
    return cursor.isComplete && cursor.position == word.upperBound ? number : nil
  }

  /// The CPU of `0d..2.`, the form of the latency format: digits, then flags, the first of which is
  /// no digit; a thread's number has a `-` or `/` before it or stands alone.
  private static func latency(_ line: RawSpan, _ word: Range<Int>) -> UInt16? {
    var cursor = TextCursor(line, at: word.lowerBound)
    let number = cursor.decimal()
    guard cursor.isComplete, word.upperBound &- cursor.position >= 3 else { return nil }
    for index in cursor.position..<word.upperBound {
      let byte = line.byte(at: index)
      if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/") { return nil }
    }
    return UInt16(exactly: number)
  }
}
