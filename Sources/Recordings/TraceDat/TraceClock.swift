/// How the times in the ring buffer become the times that `trace-cmd report` prints.
struct TraceClock: Equatable {
  /// The clock's name in tracefs, empty where the file does not say.
  var name = ""
  /// Multiplier and shift that make cycles nanoseconds; a multiplier of 0 means none.
  var multiplier: UInt64 = 0
  var shift: UInt64 = 0
  /// Added to every time, modulo 2^64.
  var offset: UInt64 = 0

  /// The time in nanoseconds of a clock value.
  ///
  /// The product is taken in two halves, each modulo 2^64, because that is how the times of
  /// trace-cmd come about.
  @inline(__always)
  func nanoseconds(_ raw: UInt64) -> UInt64 {
    guard multiplier != 0 else { return raw &+ offset }
    let low = ((raw & 0xffff_ffff) &* multiplier) >> shift
    let high = raw >> 32
    guard high != 0 else { return low &+ offset }
    return low &+ (high &* multiplier) &<< (32 &- shift) &+ offset
  }

  /// Takes the current clock out of the text of `trace_clock`: `local [mono] boot`.
  mutating func readName(_ text: String) {
    guard let open = text.firstIndex(of: "["),
      let close = text[open...].firstIndex(of: "]")
    else { return }
    name = String(text[text.index(after: open)..<close])
  }

  /// Adds an offset given as text (decimal, `0x` or octal, as C reads it), times `unit`.
  mutating func addOffset(_ text: String, unit: Int64) {
    var digits = text.drop { $0 == " " || $0 == "\t" }
    let isNegative = digits.first == "-"
    if isNegative || digits.first == "+" { digits = digits.dropFirst() }
    var radix = 10
    if digits.hasPrefix("0x") || digits.hasPrefix("0X") {
      radix = 16
      digits = digits.dropFirst(2)
    } else if digits.first == "0" {
      radix = 8
    }
    let number = digits.prefix { $0.isASCII && $0.hexDigitValue.map { $0 < radix } ?? false }
    guard let value = UInt64(number, radix: radix) else { return }
    let scaled = value &* UInt64(bitPattern: unit)
    offset = isNegative ? offset &- scaled : offset &+ scaled
  }

  /// Whether times in nanoseconds come out.
  var countsNanoseconds: Bool {
    multiplier != 0 || !(name == "counter" || name == "x86-tsc")
  }
}
