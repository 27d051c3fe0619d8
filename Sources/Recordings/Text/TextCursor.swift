internal import Wire

/// Reads one line of text from front to back, byte by byte, without making a string of it.
///
/// What does not fit marks the cursor as failed; every later step then does nothing and returns
/// zero, so that a body is read as one straight list of steps and judged once, by `isComplete`.
struct TextCursor: ~Escapable {
  let line: RawSpan
  /// Index of the next byte.
  private(set) var position: Int
  /// Whether something did not fit.
  private(set) var failed = false

  @_lifetime(copy line)
  init(_ line: RawSpan, at position: Int = 0) {
    self.line = line
    self.position = min(max(position, 0), line.byteCount)
  }

  /// The next byte, 0 at the end of the line.
  @inline(__always)
  var next: UInt8 { position < line.byteCount ? line.byte(at: position) : 0 }

  /// Whether the line is at its end.
  var isAtEnd: Bool { position >= line.byteCount }

  /// Everything fitted.
  var isComplete: Bool { !failed }

  @_lifetime(self: copy self)
  mutating func fail() { failed = true }

  /// Passes over one byte, whatever it is.
  @inline(__always) @_lifetime(self: copy self)
  mutating func step() {
    if position < line.byteCount { position &+= 1 }
  }

  /// Passes over spaces and tabs.
  @inline(__always) @_lifetime(self: copy self)
  mutating func skipSpaces() {
    while position < line.byteCount, line.byte(at: position).isBlank { position &+= 1 }
  }

  /// Takes `text`, or fails.
  @inline(__always) @_lifetime(self: copy self)
  mutating func expect(_ text: String) {
    if !skip(text) { failed = true }
  }

  /// Takes `text` when it is next.
  @inline(__always) @_lifetime(self: copy self)
  mutating func skip(_ text: String) -> Bool {
    guard !failed, line.has(text, at: position) else { return false }
    position &+= text.utf8.count
    return true
  }

  /// Takes the byte `byte` when it is next.
  @inline(__always) @_lifetime(self: copy self)
  mutating func skip(_ byte: UInt8) -> Bool {
    guard !failed, next == byte, !isAtEnd else { return false }
    position &+= 1
    return true
  }

  /// Takes a decimal number; fails when there is none or it does not fit 64 bits.
  @inline(__always) @_lifetime(self: copy self)
  mutating func decimal() -> UInt64 {
    var value: UInt64 = 0
    let start = position
    while position < line.byteCount {
      let digit = line.byte(at: position) &- 0x30
      guard digit < 10 else { break }
      let (product, over) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
      if over || carry { failed = true }
      value = sum
      position &+= 1
    }
    if position == start { failed = true }
    return failed ? 0 : value
  }

  /// Takes the digits of a hexadecimal number; fails when there are none, or more than 16.
  @inline(__always) @_lifetime(self: copy self)
  mutating func hexadecimal() -> UInt64 {
    var value: UInt64 = 0
    let start = position
    while position < line.byteCount, let digit = line.byte(at: position).hexValue {
      value = value << 4 | UInt64(digit)
      position &+= 1
    }
    let count = position &- start
    if count == 0 || count > 16 { failed = true }
    return failed ? 0 : value
  }

  /// Takes a number as C prints it: `0x…` hexadecimal, else decimal; a null pointer is `(nil)`.
  @inline(__always) @_lifetime(self: copy self)
  mutating func number() -> UInt64 {
    guard !failed else { return 0 }
    if next == UInt8(ascii: "0"), position &+ 1 < line.byteCount,
      line.byte(at: position &+ 1) | 0x20 == UInt8(ascii: "x")
    {
      position &+= 2
      return hexadecimal()
    }
    if next == UInt8(ascii: "(") {
      expect("(nil)")
      return 0
    }
    return decimal()
  }

  /// Takes a number that must fit `type`.
  @inline(__always) @_lifetime(self: copy self)
  mutating func number<T: FixedWidthInteger>(_ type: T.Type) -> T {
    guard let value = T(exactly: number()) else {
      failed = true
      return 0
    }
    return value
  }

  /// Takes everything up to the next space, and the range it lies in; fails when there is nothing.
  @inline(__always) @_lifetime(self: copy self)
  mutating func word() -> Range<Int> {
    let start = position
    while position < line.byteCount, !line.byte(at: position).isBlank { position &+= 1 }
    if position == start { failed = true }
    return start..<position
  }
}

extension UInt8 {
  /// A space or a tab.
  @inline(__always)
  var isBlank: Bool { self == 0x20 || self == 0x09 }

  /// `0` to `9`.
  @inline(__always)
  var isDigit: Bool { self &- 0x30 < 10 }

  /// A lower-case letter, a digit, or an underscore: what names of trace events are made of.
  @inline(__always)
  var isEventName: Bool { self &- 0x61 < 26 || isDigit || self == 0x5f }

  /// The value of a hexadecimal digit.
  @inline(__always)
  var hexValue: UInt8? {
    let digit = self &- 0x30
    if digit < 10 { return digit }
    let letter = (self | 0x20) &- 0x61
    return letter < 6 ? letter &+ 10 : nil
  }
}

extension RawSpan {
  /// Whether the bytes from `position` on begin with `text`.
  @inline(__always)
  func has(_ text: String, at position: Int) -> Bool {
    let count = text.utf8.count
    guard position >= 0, byteCount &- position >= count else { return false }
    var index = position
    for byte in text.utf8 {
      guard self.byte(at: index) == byte else { return false }
      index &+= 1
    }
    return true
  }

  /// Whether the bytes of `range` are those of `text`.
  @inline(__always)
  func equals(_ text: String, in range: Range<Int>) -> Bool {
    text.utf8.count == range.count && has(text, at: range.lowerBound)
  }

  /// Index of the first `byte` from `start` on; eight bytes are looked at in one step.
  func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let pattern = ones &* UInt64(byte)
    var index = start
    while index &+ 8 <= byteCount {
      // A byte that equals becomes zero, and only a zero byte borrows into its top bit first.
      let word = littleEndian(UInt64.self, at: index) ^ pattern
      let zeros = (word &- ones) & ~word & (ones &* 0x80)
      if zeros != 0 { return index &+ zeros.trailingZeroBitCount / 8 }
      index &+= 8
    }
    while index < byteCount {
      if self.byte(at: index) == byte { return index }
      index &+= 1
    }
    return nil
  }
}
