/// Numbers and times as a filter writes them.
enum QueryNumber {
  /// A decimal number, or one with `0x` or `0b`; underscores may stand between digits.
  static func parse(_ text: String) -> UInt64? {
    let text = text.lowercased()
    let digits = text.filter { $0 != "_" }
    guard text.first != "_", text.last != "_", !digits.contains("-"), !digits.contains("+") else {
      return nil
    }
    if digits.hasPrefix("0x") { return UInt64(digits.dropFirst(2), radix: 16) }
    if digits.hasPrefix("0b") { return UInt64(digits.dropFirst(2), radix: 2) }
    return UInt64(digits)
  }

  private static let units: [(String, Int)] = [
    ("ns", 0), ("us", 3), ("µs", 3), ("ms", 6), ("s", 9),
  ]

  /// Nanoseconds: a decimal number of seconds, or one with a unit.
  static func time(_ text: String) -> Int64? {
    let isNegative = text.hasPrefix("-")
    var number = Substring(isNegative ? String(text.dropFirst()) : text)
    var places = 9
    for (unit, value) in units where number.hasSuffix(unit) {
      number = number.dropLast(unit.count)
      places = value
      break
    }
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.allSatisfy({ $0.utf8.allSatisfy(isDigit) }),
      !number.isEmpty, number != ".", let whole = Int64(parts[0].isEmpty ? "0" : parts[0])
    else { return nil }
    // What is beyond a nanosecond is cut off.
    let fraction = (parts.count == 2 ? parts[1] : "").prefix(places)
    let zeros = String(repeating: "0", count: places - fraction.count)
    let rest = Int64(fraction + zeros) ?? 0
    let scale = (0..<places).reduce(Int64(1)) { result, _ in result * 10 }
    let (scaled, isTooBig) = whole.multipliedReportingOverflow(by: scale)
    let (sum, isBeyond) = scaled.addingReportingOverflow(rest)
    guard !isTooBig, !isBeyond else { return nil }
    return isNegative ? -sum : sum
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
